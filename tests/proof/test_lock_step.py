"""split=n gives the reader exactly n bytes at a time: however, and however late, it reads."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from netlab import EchoServer, Relay
from netlab.wire import pipe
from netlab.wire.child import TcpRelay
from netlab.wire.model import Conditions
from netlab.wire.trouble import Trouble
from tests.helpers import HOSTS, connect, linux, program

READER = (Path(__file__).parent / "reader.py").read_text()
MODES = [
    "recv", "select", "non-blocking", "peek", "recv_into", "in halves", "makefile",
    "makefile raw", "asyncio",
]  # fmt: skip


@contextmanager
def busy_loops() -> Iterator[None]:
    """Two processes that take all they can get of two processors."""
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(program("while True: pass"))
        yield


def read_in_pieces(mode: str, pieces: int, split: int, host: str, **asked: Any) -> None:
    """Ask for so many pieces and one byte less, through a relay; each must be exactly as asked."""
    count = pieces * split - (split > 1)
    with EchoServer(host=host) as server, Relay(server, split=split, host=host, **asked) as relay:
        seed = pieces * split
        arguments = [*relay.address, count, mode, seed, split]
        with program(READER, *arguments, stderr=-1) as reader:
            printed, complaint = reader.communicate(timeout=300)
        assert reader.returncode == 0, complaint
    result = json.loads(printed)
    wrong = [size for size in result["sizes"][:-1] if size != split]
    assert not wrong and sum(result["sizes"]) == count, f"{len(wrong)} of {pieces} pieces: {wrong}"
    assert result["right"]


@linux
@pytest.mark.parametrize("mode", MODES)
def test_every_way_of_reading_gets_exactly_these_pieces(mode: str) -> None:
    read_in_pieces(mode, 60, 3, HOSTS[MODES.index(mode) % 2])


@linux
@pytest.mark.parametrize(("split", "host"), [(1, "127.0.0.1"), (7, "::1")])
def test_two_busy_loops_change_nothing(split: int, host: str) -> None:
    with busy_loops():
        read_in_pieces("recv", 120, split, host, delay=0.0005)


@linux
@pytest.mark.proof
@pytest.mark.parametrize("mode", MODES)
def test_five_thousand_pieces_beside_two_busy_loops(mode: str) -> None:
    with busy_loops():
        read_in_pieces(mode, 600, 5, HOSTS[MODES.index(mode) % 2])


def paced_relay(server: EchoServer, split: int) -> TcpRelay:
    return TcpRelay(server.host, server.address, Conditions(), Trouble(split=split))


@pytest.mark.parametrize("host", HOSTS)
def test_where_no_queue_is_seen_pieces_are_paced(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipe, "peer_socket", lambda sock: None)
    request = bytes(range(60))
    with EchoServer(host=host) as server:
        relay = paced_relay(server, split=6)
        sizes, got = [], b""
        with connect(relay) as sock:
            before = time.perf_counter()
            sock.sendall(request)
            while len(got) < len(request):
                data = sock.recv(65536)
                sizes.append(len(data))
                got += data
            took = time.perf_counter() - before
        relay.close()
    assert got == request and len(sizes) > 5 and all(size % 6 == 0 for size in sizes)
    assert took >= 9 * pipe.PACE


def test_without_pacing_or_lock_step_pieces_would_join(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the others guard against: they could not pass if the relay only sent small pieces."""
    monkeypatch.setattr(pipe.Pipe, "_wait_until_read", lambda self: None)
    with EchoServer() as server:
        relay = paced_relay(server, split=3)
        with program(READER, *relay.address, 180, "recv", 1, 3) as reader:
            printed, _ = reader.communicate(timeout=60)
        relay.close()
    result = json.loads(printed)
    assert result["right"] and any(size > 3 for size in result["sizes"])
