"""net.sockets(): states and queues as the kernels have them, live, recorded and as a table."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from netlab import Network
from netlab.network.sockets import Sockets
from tests.network.tools import live

NAMES = {"198.51.100.1": "alice", "198.51.100.2": "bob"}


def noted(state: str, local: int, peer: int, **more: int) -> dict[str, object]:
    """A row as the network's child sends it, of alice."""
    row: dict[str, object] = {"receiving": 0, "sending": 0, "inode": 7} | more
    ends = {"local": ["198.51.100.1", local], "peer": ["198.51.100.2", peer]}
    return row | ends | {"state": state}


def table(*rows: dict[str, object]) -> Sockets:
    return Sockets.from_json({"alice": list(rows)}, NAMES, [])


def test_a_chosen_port_has_a_letter_and_its_number() -> None:
    found = table(noted("ESTABLISHED", 50123, 80, receiving=5))
    assert found[0].local == ("198.51.100.1", 50123)
    assert repr(found).splitlines()[1].split("  ")[2:] == [
        "alice:A",
        "bob:80",
        "5 unread",
        "a program",
    ]
    assert "| alice:A | bob:80 | 5 unread | a program |" in found._repr_markdown_()


def test_letters_are_given_when_shown_and_stay() -> None:
    ports: list[tuple[str, int]] = []
    rows = [noted("ESTABLISHED", 50002, 80, inode=9), noted("ESTABLISHED", 50001, 80, inode=8)]
    found = Sockets.from_json({"alice": rows}, NAMES, ports)
    assert [row.local[1] for row in found] == [50001, 50002]
    assert "alice:A" in repr(found.at(80)[1:]) and ports == [("198.51.100.1", 50002)]
    again = Sockets.from_json({"alice": rows}, NAMES, ports)
    assert [row.local[1] for row in again] == [50002, 50001]
    assert [line.split()[2] for line in repr(again).splitlines()[1:]] == ["alice:A", "alice:B"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (noted("SYN-SENT", 50001, 80, sending=1), "SYN unacknowledged"),
        (noted("FIN-WAIT-1", 50001, 80, sending=4), "3 unacknowledged, FIN unacknowledged"),
        (noted("CLOSE-WAIT", 50001, 80, receiving=6), "5 unread, the end unread"),
        (noted("CLOSE-WAIT", 50001, 80), ""),
        (noted("LISTEN", 80, 0, receiving=2, sending=128), "2 not accepted"),
        (noted("TIME-WAIT", 50001, 80, inode=0), ""),
    ],
)
def test_syn_and_fin_are_named_and_are_no_bytes(row: dict[str, object], words: str) -> None:
    assert table(row)[0].queue == words


def scenario(net: Network) -> list[list[str]]:
    """The states of both ends after each call."""
    alice, bob = net.hosts
    seen = []
    with bob.listen(7000) as listener:
        sock = alice.connect((bob.address, 7000))
        seen.append(net.sockets().states)
        conn, _ = listener.accept()
        sock.sendall(b"hello")
        seen.append([row.queue for row in net.sockets("bob")])
        sock.shutdown(socket.SHUT_WR)
        seen.append(net.sockets(port=7000).states)
        conn.recv(100), conn.recv(100)
        conn.close()
    seen.append(net.sockets().states)
    sock.close()
    return seen


EXPECTED = [
    ["ESTABLISHED", "LISTEN", "ESTABLISHED"],
    ["", "5 unread"],
    ["FIN-WAIT-2", "LISTEN", "CLOSE-WAIT"],
    ["TIME-WAIT"],
]


@live
def test_each_call_leads_to_its_states() -> None:
    with Network("alice -- bob", delay=0.002) as net:
        assert scenario(net) == EXPECTED


@live
def test_they_are_played_as_they_were_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "recording.json"
    with monkeypatch.context() as recording:
        recording.setenv("NETLAB_RECORD", "1")
        with Network("alice -- bob", delay=0.002, recording=file) as net:
            net.change("alice -> bob", loss=[1000])  # a list is a tuple in the conditions
            assert scenario(net) == EXPECTED
    with Network.play(file) as net:
        net.change("alice -> bob", loss=[1000])
        assert scenario(net) == EXPECTED
