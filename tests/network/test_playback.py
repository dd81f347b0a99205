"""What is recorded is played back: the same calls, the same results, in any cell, in any order."""

from __future__ import annotations

import http.client
import json
import socket
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from netlab import EchoServer, Network, WebServer, serve
from netlab.background import cells
from netlab.network.notes import data, text
from netlab.network.player import Player, RecordingError
from netlab.network.recorder import Recorder
from tests.network.tools import live

TOPOLOGY = "alice -- bob"
SHIPPED = Path(__file__).parent / "recordings" / "scenario.json"  # of `scenario`, for all systems
PATHS = [f"/{n}" for n in range(6)]


def two_writes(conn: socket.socket) -> None:
    while conn.recv(100):
        conn.sendall(b"one")
        conn.sendall(b"two")


def scenario(net: Network) -> dict[str, Any]:
    """A bit of everything a lesson does; what it returns is the same on every run."""
    alice, bob = net.hosts
    seen: dict[str, Any] = {}
    with EchoServer(host=bob) as echo, alice.connect(echo) as sock:
        sock.sendall(b"hello")
        seen["echo"] = [sock.recv(2), sock.recv(100)]
        seen["peer"] = sock.getpeername()[0]
        sock.shutdown(socket.SHUT_WR)
        seen["end"] = sock.recv(10)
    seen["log"] = [record.event for record in echo.log][:3]
    with WebServer({path: path * 50 for path in PATHS}, host=bob) as web:

        def fetch(path: str) -> bytes:
            with alice.connect(web) as sock:
                sock.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
                whole = b""
                while part := sock.recv(4096):
                    whole += part
            return whole.partition(b"\r\n\r\n")[2]

        with ThreadPoolExecutor(6) as pool:
            seen["parallel"] = list(pool.map(fetch, PATHS))
        conn = alice.http(web)
        bodies = []
        for path in PATHS[:3]:
            conn.request("GET", path)
            bodies.append(conn.getresponse().read())
        conn.close()
        seen["http"] = bodies
        seen["opener"] = alice.opener().open(f"{web.url}/4", timeout=5).read()
    try:
        alice.connect((bob.address, 9))
    except ConnectionRefusedError as error:
        seen["refused"] = type(error).__name__
    net.change(delay=0.02)
    began = time.perf_counter()
    with serve(two_writes, host=bob) as server, alice.connect(server) as sock:
        sock.sendall(b"?")
        sock.settimeout(5.0)
        reply = b""
        while len(reply) < 6:
            reply += sock.recv(1)
        seen["handler"] = reply
    seen["far"] = 0.08 <= time.perf_counter() - began < 0.4  # two round trips
    seen["run"] = alice.run(["cat", "/proc/sys/net/ipv4/ip_forward"]).stdout
    return seen


@pytest.fixture
def recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "recordings" / "scenario.json"
    monkeypatch.setenv("NETLAB_RECORD", "1")
    with Network(TOPOLOGY, recording=path) as net:
        scenario(net)
    monkeypatch.delenv("NETLAB_RECORD")
    return path


@live
def test_a_recording_plays_what_was_live(recording: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Network(TOPOLOGY) as net:
        lived = scenario(net)
        assert net.vehicle == "rootless network"
    monkeypatch.setenv("NETLAB_NO_NETWORK", "1")
    with Network(TOPOLOGY, recording=recording) as net:
        assert net.vehicle.startswith("recorded on Linux ")
        assert scenario(net) == lived
        net.change(delay=0)
        assert scenario(net) == lived, "again, from the start, as a cell that is run again"


def test_the_shipped_recording_plays_everywhere() -> None:
    with Network.play(SHIPPED) as net:
        seen = scenario(net)
    assert seen["echo"] == [b"he", b"llo"]
    assert seen["end"] == b""
    assert seen["parallel"] == [(path * 50).encode() for path in PATHS]
    assert seen["http"] == [(path * 50).encode() for path in PATHS[:3]]
    assert seen["opener"] == b"/4" * 50
    assert seen["refused"] == "ConnectionRefusedError"
    assert seen["handler"] == b"onetwo"
    assert seen["log"] == ["connected", "received", "sent"]
    assert seen["run"] == "0\n"
    assert seen["far"], "the pace of the recording: two round trips of 40 ms"


@live
def test_a_stream_may_be_read_in_other_portions(recording: Path) -> None:
    with Network.play(recording) as net:
        alice, bob = net.hosts
        with EchoServer(host=bob) as echo, alice.connect(echo) as sock:
            sock.sendall(b"hello")
            assert [sock.recv(1) for _ in range(5)] == [b"h", b"e", b"l", b"l", b"o"]


def test_what_was_never_done_gets_one_clear_sentence() -> None:
    with Network.play(SHIPPED) as net:
        alice, bob = net.hosts
        with (
            EchoServer(host=bob) as echo,
            alice.connect(echo) as sock,
            pytest.raises(
                RecordingError, match="can send nothing new: expected the bytes of then, b'hello'"
            ),
        ):
            sock.sendall(b"something else")
        with pytest.raises(RecordingError, match="it can only repeat") as told:
            alice.connect(("203.0.113.99", 80))
        assert "Network.available()" in str(told.value)
        with pytest.raises(RecordingError, match="these conditions were not recorded"):
            net.change(delay=0.123)
        with pytest.raises(RecordingError, match="can't start programs"):
            alice.popen(["sleep", "1"])
        with pytest.raises(RecordingError, match="no descriptor"):
            sock.fileno()
    with pytest.raises(ConnectionError, match="this network is closed"):
        alice.connect((bob.address, 9))


def test_other_code_in_the_handler_is_another_call() -> None:
    def two_writes(conn: socket.socket) -> None:
        conn.sendall(b"changed by the learner")

    with Network.play(SHIPPED) as net:
        net.change(delay=0.02)
        with pytest.raises(RecordingError, match=r"has another serve\(two_writes\) on bob"):
            serve(two_writes, host=net["bob"])


def test_another_network_than_the_recorded_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETLAB_NO_NETWORK", "1")
    with pytest.raises(
        ValueError,
        match="is of another network: expected alice -- bob; got alice -- bob; bob -- carol",
    ):
        Network("alice -- bob -- carol", recording=SHIPPED)
    with pytest.raises(OSError, match=r"cannot run here.*there is no recording"):
        Network(TOPOLOGY, recording="nowhere.json")
    with pytest.raises(OSError, match=r"NETLAB_NO_NETWORK is set\. What would enable it: unset"):
        Network(TOPOLOGY)


@pytest.mark.parametrize("spoiled", ["", "{}", '{"format": 99}', "[1]", "not json"])
def test_a_spoiled_recording_says_so(tmp_path: Path, spoiled: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(spoiled)
    with pytest.raises(ValueError, match="is no recording that this netlab can read"):
        Network.play(path)


class Cell:
    """Which cell is running, for a test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = ("", "")
        monkeypatch.setattr(cells, "running_source", lambda: self.now)


def recorder(tmp_path: Path) -> tuple[Recorder, Callable[[], Player]]:
    made = Recorder(tmp_path / "r.json", {})
    made.enter([])

    def play() -> Player:
        made.close()
        player = Player(tmp_path / "r.json")
        player.enter([])
        return player

    return made, play


def test_a_cell_that_is_run_again_gets_its_own_results_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = Cell(monkeypatch)
    tape, play = recorder(tmp_path)
    results = iter("abcde")
    for cell.now in [("first", "1"), ("first", "1"), ("second", "2")]:
        tape.call("net", "trace", [], lambda: next(results))
    player = play()

    def ask(source: str, run: int) -> str:
        cell.now = (source, run)
        return str(player.call("net", "trace", [], lambda: "live"))

    assert [ask("first", 1), ask("first", 1), ask("second", 2)] == ["a", "b", "c"]
    assert ask("first", 3) == "a", "and it is stopped before its second call"
    assert [ask("first", 4), ask("first", 4)] == ["a", "b"]
    assert [ask("second", 5), ask("second", 6)] == ["c", "c"]
    assert [ask("the learner's own", 7), ask("the learner's own", 8)] == ["c", "c"]


def test_a_trace_of_what_was_not_done_is_not_shown(tmp_path: Path) -> None:
    tape, play = recorder(tmp_path)
    near, far = socket.socketpair()
    with far, tape.socket("alice", "connect", ["bob", 80], lambda: near):
        tape.call("network", "trace", [], lambda: "packets")
    player = play()
    with pytest.raises(RecordingError, match="shows what had been done by then"):
        player.call("network", "trace", [], lambda: None)
    player.socket("alice", "connect", ["bob", 80], lambda: None)
    assert player.call("network", "trace", [], lambda: None) == "packets"


def test_a_view_shows_what_has_been_done_so_far(tmp_path: Path) -> None:
    tape, play = recorder(tmp_path)
    results = iter("ab")
    ends = []
    for port in (80, 81):
        near, far = socket.socketpair()
        ends += [far, tape.socket("alice", "connect", ["bob", port], lambda near=near: near)]  # type: ignore[misc]
        tape.call("network", "trace", [], lambda: next(results))
        tape.enter([port])
    for end in ends:
        end.close()
    player = play()

    def view() -> str:
        return str(player.call("network", "trace", [], lambda: None))

    player.socket("alice", "connect", ["bob", 80], lambda: None)
    assert [view(), view()] == ["a", "a"]
    with pytest.raises(RecordingError, match="under other conditions: run the cell that sets them"):
        player.socket("alice", "connect", ["bob", 81], lambda: None)
    player.enter([80])
    assert view() == "a", "whatever the conditions are now"
    player.socket("alice", "connect", ["bob", 81], lambda: None)
    assert view() == "b"


def test_errors_are_played_too(tmp_path: Path) -> None:
    tape, play = recorder(tmp_path)

    def fail() -> None:
        raise TimeoutError("timed out")

    with pytest.raises(TimeoutError):
        tape.call("alice", "connect", ["x", 1], fail)
    with pytest.raises(TimeoutError, match="timed out"):
        play().call("alice", "connect", ["x", 1], lambda: None)


def test_threads_that_connect_in_another_order_find_their_own(tmp_path: Path) -> None:
    tape, play = recorder(tmp_path)
    ends = []
    for n in range(4):
        near, far = socket.socketpair()
        sock = tape.socket("alice", "connect", ["bob", 80], lambda near=near: near)  # type: ignore[misc]
        sock.sendall(b"%d" % n)
        far.sendall(b"reply %d" % n)
        assert sock.recv(100) == b"reply %d" % n
        ends += [sock, far]
    for end in ends:
        end.close()
    player = play()
    socks = [player.socket("alice", "connect", ["bob", 80], lambda: None) for _ in range(4)]
    for n in (2, 0, 3, 1):
        socks[n and 4 - n].sendall(b"%d" % n)
        assert socks[n and 4 - n].recv(100) == b"reply %d" % n


def test_playing_with_threads_mixes_nothing_up() -> None:
    with Network.play(SHIPPED) as net:
        alice, bob = net.hosts
        web = WebServer({path: path * 50 for path in PATHS}, host=bob)
        wrong: list[str] = []

        def fetch(path: str) -> None:
            with alice.connect(web) as sock:
                sock.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
                reply = http.client.HTTPResponse(sock)
                reply.begin()
                if reply.read() != (path * 50).encode():
                    wrong.append(path)

        threads = [threading.Thread(target=fetch, args=(path,)) for path in reversed(PATHS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        assert wrong == []


def test_bytes_survive_json() -> None:
    for sample in (b"", b"GET / HTTP/1.1\r\n\r\n", bytes(range(256)), "é".encode(), b"base64:x"):
        assert data(json.loads(json.dumps(text(sample)))) == sample


def test_a_cell_is_known_by_its_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """nbval keeps no history, so what IPython calls In is empty there."""
    request = {"content": {"code": "one\n"}, "header": {"msg_id": "first"}}
    shell = SimpleNamespace(get_parent=lambda: request, user_ns={"In": [""]}, execution_count=1)
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    digest, run = cells.running_source()
    assert run == "first"
    request["content"] = {"code": "another"}
    assert cells.running_source()[0] != digest
