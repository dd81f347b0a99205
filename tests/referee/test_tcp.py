"""What lesson 16's exercises rely on: ports, finite buffers, and the path of a connection."""

from __future__ import annotations

from typing import Any

import pytest

from netlab.referee.net import Net
from netlab.referee.ports import Ports
from netlab.referee.scenario import END, SOCK, Buffers, Call, Scenario, Sends

HERE = ("127.0.0.1", 50007)


def test_a_remembered_port_needs_the_option_then_and_now() -> None:
    for then, now, works in [(0, 0, False), (0, 1, False), (1, 0, False), (1, 1, True)]:
        ports = Ports({})
        number = ports.bind(HERE, bool(then))
        first = ports.find(number or 0)
        assert first is not None
        ports.accepted(first)
        assert ports.bind(HERE, True) is None  # it is still open
        first.state = "closed"
        assert (ports.bind(HERE, bool(now)) is not None) == works


def test_a_port_in_use_stays_in_use() -> None:
    assert Ports({HERE: "LISTEN"}).bind(HERE, True) is None
    assert Ports({HERE: "TIME-WAIT"}).bind(HERE, False) is None
    assert Ports({HERE: "TIME-WAIT"}).bind(HERE, True) is not None


def buffered(**more: Any) -> Net:
    return Net(Scenario("", "", (Call((SOCK,)),), buffers=Buffers(4, 2, bytes.upper, **more)))


def ask(net: Net, do: str, **question: Any) -> dict[str, Any]:
    return net.answer({"do": do, "sock": 0, **question})


@pytest.mark.parametrize(
    ("timeout", "comes"), [(None, "full"), (0.0, "BlockingIOError"), (1.0, "TimeoutError")]
)
def test_full_buffers_take_no_more(timeout: float | None, comes: str) -> None:
    net = buffered()
    # eight bytes of answers lie unread, the server holds two, and eight more wait for it
    assert ask(net, "send", name="sendall", data="a" * 18, timeout=None) == {"count": 18}
    reply = ask(net, "send", name="send", data="b", timeout=timeout)
    assert reply.get("stop", reply.get("error")) == comes


def test_who_reads_makes_room() -> None:
    net = buffered()
    ask(net, "send", name="sendall", data="abcdefghijklmnopqr", timeout=None)
    assert ask(net, "recv", name="recv", n=100, timeout=None) == {"data": "AB"}
    assert ask(net, "send", name="send", data="xyz", timeout=0.0) == {"count": 2}
    got = "".join(ask(net, "recv", name="recv", n=100, timeout=None)["data"] for _ in range(9))
    assert got == "CDEFGHIJKLMNOPQRXY"


def test_a_server_may_stop_early_and_ends_with_its_client() -> None:
    net = buffered(stops=3)
    ask(net, "send", name="sendall", data="abcdef", timeout=None)
    said = [ask(net, "recv", name="recv", n=9, timeout=None)["data"] for _ in range(3)]
    assert said == ["AB", "C", ""]
    net = buffered()
    ask(net, "send", name="sendall", data="abc", timeout=None)
    ask(net, "shutdown", how=1)
    said = [ask(net, "recv", name="recv", n=9, timeout=None)["data"] for _ in range(3)]
    assert said == ["AB", "C", ""]


def server(heard: bytes, ended: bool) -> Sends:
    return (*(b"yes",) * bool(heard), *(END,) * (ended or heard == b"bye"))


FIN = {"do": "shutdown", "how": 1}
READ = {"do": "recv", "name": "recv", "n": 9}
BYE = {"do": "send", "name": "sendall", "data": "bye"}
ASK = BYE | {"data": "what"}
CLOSE = {"do": "close"}


@pytest.mark.parametrize(
    ("calls", "path"),
    [
        ([], "ESTABLISHED"),
        ([FIN], "ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT"),
        ([CLOSE], "ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT"),
        ([BYE, READ, READ], "ESTABLISHED CLOSE-WAIT"),
        ([BYE, READ, READ, CLOSE], "ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED"),
        ([BYE, READ, READ, FIN, CLOSE], "ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED"),
        ([ASK, CLOSE], "ESTABLISHED CLOSED"),
        ([ASK, READ, CLOSE], "ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT"),
        ([CLOSE | {"reset": True}], "ESTABLISHED CLOSED"),
        ([FIN, CLOSE | {"reset": True}], "ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT"),
        ([FIN | {"how": 0}, READ], "ESTABLISHED"),
    ],
)
def test_calls_lead_to_states(calls: list[dict[str, Any]], path: str) -> None:
    net = Net(Scenario("", "", servers={HERE: server}))
    sock = net.answer({"do": "connect", "address": list(HERE)})["sock"]
    for call in calls:
        net.answer({"sock": sock, **call})
    assert net.states.path == ["SYN-SENT", *path.split()]
