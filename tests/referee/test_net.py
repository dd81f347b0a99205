"""The sockets that an answer makes itself: as real ones, and none of them leads outside."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from netlab.exercises.bank import find
from netlab.exercises.check import judged
from netlab.exercises.echo_client.scenarios import ADDRESS, echo
from netlab.referee.ends import both, closed
from netlab.referee.net import CONNECTIONS, Net
from netlab.referee.peer import PATIENCE, Nonsense
from netlab.referee.play import Referee
from netlab.referee.scenario import END, RESET, Scenario
from netlab.referee.source import Answer
from netlab.referee.worker import net as worker
from netlab.referee.worker.sock import Stop
from tests.helpers import Footprint, returns_to
from tests.referee.test_hostile import closed as is_closed
from tests.referee.test_peer import seen

REAL = socket.socket


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Scenario], Net]]:
    """Within a test, this process's sockets are those of a scenario."""
    for name in ("socket", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, getattr(socket, name))

    def install(scenario: Scenario) -> Net:
        net = Net(scenario)
        worker.install(net.answer)
        return net

    yield install
    assert REAL is not socket.socket


def client_calls(address: Any, other: Any) -> list[Any]:
    """What a client sees of an echo server, and of an address where nobody listens."""
    found: list[Any] = []
    with socket.create_connection(address, timeout=5) as sock:
        found += [sock.getpeername() == address, sock.gettimeout(), sock.sendall(b"abcdef")]
        found += [sock.recv(6, socket.MSG_WAITALL) if sock.gettimeout() is None else b""]
        data = b""
        while len(data) < 6:
            data += sock.recv(6)
        found += [data, sock.shutdown(socket.SHUT_WR), sock.recv(1), sock.recv(1)]
        found += [seen(lambda: sock.send(b"x"))]
    found += [seen(lambda: sock.recv(1)), seen(lambda: socket.create_connection(other, timeout=5))]
    with socket.socket() as sock:
        found += [seen(lambda: sock.recv(1)), seen(sock.getpeername), sock.connect_ex(other) != 0]
        found += [seen(lambda: sock.connect("127.0.0.1")), seen(lambda: sock.bind(address))]
        found += [seen(lambda: sock.connect(("127.0.0.1", "80")))]
        found += [seen(lambda: sock.connect(("127.0.0.1", 70000)))]
    found += [seen(lambda: socket.create_connection((address[0], str(address[1]))).close())]
    return found


def test_a_client_sees_what_it_sees_of_a_real_server(
    scripted: Callable[[Scenario], Net],
) -> None:
    from netlab import EchoServer

    with EchoServer() as server:
        with socket.create_server(("127.0.0.1", 0)) as gone:
            other = gone.getsockname()
        expected = client_calls(server.address, other)
    net = scripted(Scenario("", "", servers={ADDRESS: echo(2, 4)}))
    assert client_calls(ADDRESS, ("127.0.0.1", 9)) == expected
    assert closed(net) == "" and net.connections[0].received == b"abcdef"


def server_calls(listener: Any) -> list[Any]:
    conn, peer = listener.accept()
    with conn:
        found = [conn.getpeername() == peer, conn.gettimeout(), conn.recv(9), conn.recv(9)]
        found += [conn.sendall(b"answer"), seen(lambda: listener.recv(1))]
    listener.settimeout(0.01)
    found += [seen(listener.accept), listener.close(), seen(listener.accept)]
    return found


def test_a_server_sees_what_it_sees_of_real_clients(
    scripted: Callable[[Scenario], Net],
) -> None:
    real = socket.create_server(("127.0.0.1", 0))
    with real, socket.create_connection(real.getsockname(), timeout=5) as client:
        client.sendall(b"request")
        client.shutdown(socket.SHUT_WR)
        expected = server_calls(real)
        assert client.recv(9) == b"answer"
    net = scripted(Scenario("", "", clients=((b"request", END),)))
    assert server_calls(worker.listener()) == expected
    assert net.connections[0].received == b"answer" and net.listener_closed


def test_what_never_comes(scripted: Callable[[Scenario], Net]) -> None:
    net = scripted(Scenario("", "", clients=()))
    with pytest.raises(Stop):
        worker.listener().accept()
    assert net.over == "blocked"
    net = scripted(Scenario("", "", servers={ADDRESS: echo(9)}))
    with pytest.raises(Stop):
        while True:
            socket.create_connection(ADDRESS)
    assert net.over == "spins" and len(net.connections) == CONNECTIONS


@pytest.mark.parametrize(
    "ask",
    [
        lambda: socket.create_connection(("127.0.0.1", 1)),
        lambda: socket.create_server(ADDRESS),
        lambda: worker.listener().recv(1),
    ],
)
def test_what_is_refused_for_ever(
    ask: Callable[[], object], scripted: Callable[[Scenario], Net]
) -> None:
    net = scripted(Scenario("", "", servers={ADDRESS: echo(9)}))
    with pytest.raises(Stop):
        while True:
            with contextlib.suppress(OSError):
                ask()
    assert net.over == "spins" and len(net.log) <= 3 * PATIENCE


def test_nothing_else_can_be_reached(scripted: Callable[[Scenario], Net]) -> None:
    scripted(Scenario("", ""))
    assert seen(lambda: socket.create_connection(ADDRESS)) is PermissionError
    assert seen(lambda: socket.create_connection(("example.org", 80))) is socket.gaierror
    for kind in (
        {"family": socket.AF_INET6},
        {"type": socket.SOCK_DGRAM},
        {"family": socket.AF_UNIX} if hasattr(socket, "AF_UNIX") else {"fileno": 3},
        {"fileno": 3},
    ):
        assert seen(lambda kind=kind: socket.socket(**kind)) is PermissionError  # type: ignore[misc]


@pytest.mark.parametrize(
    "question",
    [
        {"do": "connect"},
        {"do": "connect", "address": ["a", True]},
        {"do": "connect", "address": ["a"] * 99},
        {"do": "recv", "name": "recv", "n": 1, "sock": 7},
        {"do": "recv", "name": "recv", "n": 1, "sock": -2},
        {"do": "recv", "name": "recv", "n": 1, "sock": True},
        {"do": "shut", "sock": 0},
    ],
)
def test_nonsense_is_no_call(question: dict[str, Any]) -> None:
    with pytest.raises(Nonsense):
        Net(Scenario("", "", servers={ADDRESS: echo(1)})).answer(question)


def test_the_first_complaint_counts() -> None:
    net = Net(Scenario("", "", servers={ADDRESS: echo(1)}))
    net.answer({"do": "connect", "address": list(ADDRESS)})
    assert "50007" in closed(net) and closed(net) == both(closed, lambda net: "later")(net)
    assert both(lambda net: "", closed)(net) == closed(net)


def test_the_echo_of_an_exercise() -> None:
    assert echo(2, 3)(b"abcd", False) == (b"ab",)
    assert echo(2, 3)(b"abcdefg", True) == (b"ab", b"cde", b"fg", END)
    assert echo(2, then=(RESET,))(b"abc", False) == (b"ab", RESET)
    assert echo(then=())(b"abc", True) == ()


def test_one_scenario_sets_nothing_for_the_next() -> None:
    """A default timeout would make a program right that has none of its own."""
    exercise = find("echo_client")
    silence = next(s for s in exercise.scenarios() if s.behaviour == "silence")
    with Referee() as referee:
        kinds = [
            referee.play(program, silence).outcomes[-1].kind
            for program in (exercise.right["recv_into"], exercise.wrong["no_timeout"])
        ]
    assert kinds == ["raised", "blocked"]


OUTSIDE = {
    "the C socket below": """
import _socket
def echo_client(address, data):
    sock = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
    sock.connect(("127.0.0.1", PORT))
    sock.send(b"harm")
    return data
""",
    "the class that was replaced": """
import gc, socket
def echo_client(address, data):
    for kind in gc.get_objects():
        if isinstance(kind, type) and kind.__module__ == "socket" and kind.__name__ == "socket":
            kind().connect(("127.0.0.1", PORT))
    return data
""",
    "questions of its own": """
import socket
def echo_client(address, data):
    with socket.create_connection(address, timeout=5) as sock:
        for number in (-1, 0, 1, 2, "x", None):
            try:
                sock._ask_referee({"do": "send", "name": "send", "data": "a", "sock": number})
            except Exception:
                pass
    return data
""",
    "an echo of its own": """
import socket
def echo_client(address, data):
    socket.socket.recv = lambda self, n: data
    with socket.create_connection(address, timeout=5) as sock:
        sock.sendall(data)
        return sock.recv(len(data))
""",
}


@pytest.mark.parametrize("how", OUTSIDE)
def test_an_answer_reaches_nobody(how: str) -> None:
    """A real listener is there, on loopback, and is not called; the exercise is not passed."""
    if "PORT" in OUTSIDE[how] and not is_closed():
        pytest.skip("needs a closed sandbox: Linux with Landlock and seccomp")
    before = Footprint.of()
    with REAL() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        text = OUTSIDE[how].replace("PORT", str(listener.getsockname()[1]))
        report = judged(find("echo_client"), Answer.of_text(text, "echo_client"))
        listener.settimeout(0.05)
        with pytest.raises(TimeoutError):
            listener.accept()
    assert not report.passed
    returns_to(before)
