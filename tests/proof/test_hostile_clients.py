"""Clients that come in thousands, never speak, never read, reset, or belong to somebody else."""

from __future__ import annotations

import json
import os
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import psutil
import pytest

from netlab import EchoServer, Relay, serve
from netlab.background import listener
from tests.helpers import (
    Footprint,
    answers,
    connect,
    eventually,
    linux,
    posix,
    program,
    read_to_end,
    returns_to,
)  # fmt: skip

CROWD = """
import errno, resource, select, socket, sys, time
address, count = (sys.argv[1], int(sys.argv[2])), int(sys.argv[3])
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
if hard != resource.RLIM_INFINITY and hard < count + 100:
    sys.exit("too few descriptors: " + str(hard))
resource.setrlimit(resource.RLIMIT_NOFILE, (count + 100, hard))
events, open_ones = select.epoll(), {}
for _ in range(count):
    sock = socket.socket()
    sock.setblocking(False)
    assert sock.connect_ex(address) in (0, errno.EINPROGRESS)
    open_ones[sock.fileno()] = sock
    events.register(sock.fileno(), select.EPOLLOUT)
served = turned_away = 0
deadline = time.monotonic() + 60
while served + turned_away < count and time.monotonic() < deadline:
    for number, event in events.poll(1.0):
        sock = open_ones[number]
        try:
            if event == select.EPOLLOUT:
                sock.send(b"x")
                events.modify(number, select.EPOLLIN)
                continue
            data = sock.recv(1)
        except OSError:
            data = b""
        events.unregister(number)  # but stays open: all at once
        served += data == b"x"
        turned_away += data == b""
print(served, turned_away)
"""


def echo(conn: socket.socket) -> None:
    while data := conn.recv(65536):
        conn.sendall(data)


KINDS: dict[str, Callable[[EchoServer], Any]] = {
    "EchoServer": lambda server: server,
    "serve": lambda server: serve(echo),
    "Relay": lambda server: Relay(server),
}


@contextmanager
def running(kind: str) -> Iterator[tuple[Any, int]]:
    """A thing of that kind which has answered once, and the process it lives in."""
    with ExitStack() as stack:
        server = stack.enter_context(EchoServer())
        thing = stack.enter_context(KINDS[kind](server))
        assert answers(thing)
        yield thing, thing._child.pid if hasattr(thing, "_child") else os.getpid()


def crowd(thing: Any, count: int) -> tuple[int, int]:
    with program(CROWD, *thing.address, count, stderr=-1) as client:
        printed, complaint = client.communicate(timeout=120)
    if "too few descriptors" in complaint:
        pytest.skip(complaint)
    assert client.returncode == 0, complaint
    served, turned_away = printed.split()
    return int(served), int(turned_away)


@linux
@pytest.mark.parametrize("count", [1000, pytest.param(10_000, marks=pytest.mark.proof)])
@pytest.mark.parametrize("kind", KINDS)
def test_a_crowd_is_served_200_at_a_time(kind: str, count: int) -> None:
    with running(kind) as (thing, pid):
        before = Footprint.of(pid)
        memory = psutil.Process(pid).memory_info().rss
        assert crowd(thing, count) == (200, count - 200)
        eventually(lambda: answers(thing), within=10)
        returns_to(before, pid)
        assert psutil.Process(pid).memory_info().rss - memory < 60e6
        refusals = [record for record in thing.log if "refused" in record.event]
        assert len(refusals) + thing.log.dropped >= min(count - 200, 5000)


@pytest.mark.parametrize("kind", KINDS)
def test_a_client_that_never_sends_keeps_nobody_waiting(kind: str) -> None:
    with running(kind) as (thing, _), ExitStack() as stack:
        silent = [stack.enter_context(connect(thing)) for _ in range(20)]
        assert answers(thing)
        before = time.monotonic()
        thing.close()
        assert time.monotonic() - before < 3.0
        assert all(ended(sock) for sock in silent)


def ended(sock: socket.socket) -> bool:
    """Whether the connection ends, in order or with a reset, once what is on its way is read."""
    try:
        read_to_end(sock)
    except ConnectionError:
        return True
    return True


def test_an_idle_connection_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "IDLE", 0.2)
    with serve(echo) as server, connect(server) as sock:
        assert ended(sock)
        eventually(lambda: [type(error) for error in server.errors] == [TimeoutError])
        server.errors.clear()


@posix
@pytest.mark.parametrize("kind", KINDS)
def test_a_client_that_never_reads_and_vanishes_leaves_nothing(kind: str) -> None:
    with running(kind) as (thing, pid):
        before = Footprint.of(pid)
        sock = connect(thing, timeout=0.5)
        with pytest.raises(TimeoutError):
            for _ in range(100):  # more than all buffers on the way hold together
                sock.sendall(bytes(1_000_000))
        assert answers(thing)
        sock.close()
        returns_to(before, pid)
        assert answers(thing)


@posix
@pytest.mark.parametrize("kind", KINDS)
def test_a_client_that_vanishes_from_a_long_reply_leaves_nothing(kind: str) -> None:
    with running(kind) as (thing, pid):
        before = Footprint.of(pid)
        long = bytes(40_000_000)  # a relay alone holds 8 MB, and socket buffers more
        source = serve(lambda conn: conn.sendall(long))
        for target in [Relay(source)] if kind == "Relay" else [source]:
            sock = connect(target)
            assert sock.recv(1) == b"\0"
            sock.close()
            eventually(lambda: len(source.errors) == 1 and "reset" in str(source.log))
            target.close()
        source.close()
        assert answers(thing)
        returns_to(before, pid)


def reset(sock: socket.socket) -> None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


@posix
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", [b"", b"hello"], ids=["at once", "after a message"])
def test_clients_that_reset_harm_nobody(kind: str, first: bytes) -> None:
    with running(kind) as (thing, pid):
        before = Footprint.of(pid)
        for _ in range(200):
            sock = connect(thing)
            sock.sendall(first)
            reset(sock)
        assert answers(thing)
        returns_to(before, pid)
        assert {"connected"} <= {record.event for record in thing.log}
        assert all(isinstance(error, ConnectionError) for error in thing.errors)


STRANGER = """
import encodings.idna, json, os, socket, sys
os.setgid(65534)
os.setuid(65534)
results = []
for host, port in json.loads(sys.argv[1]):
    sock = socket.create_connection((host, port), timeout=5)
    try:
        sock.sendall(b"let me in")
        results.append(sock.recv(100).decode())
    except ConnectionError:
        results.append("")
print(json.dumps(results))
"""


@linux
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_another_user_of_the_machine_is_refused(host: str) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can start a client as another user")
    seen: list[bytes] = []  # by a handler of ours

    def note(conn: socket.socket) -> None:
        seen.append(conn.recv(100))

    with (
        EchoServer(host=host) as server,
        serve(note, host=host) as mine,
        Relay(server, host=host) as relay,
        Relay(mine, host=host) as second,
    ):
        things = [server, mine, relay, second]
        addresses = json.dumps([thing.address for thing in things])
        with program(STRANGER, addresses, stderr=-1) as client:
            printed, complaint = client.communicate(timeout=20)
        assert client.returncode == 0, complaint
        assert json.loads(printed) == [""] * 4 and not seen
        for thing in things:
            events = [record.event for record in thing.log]
            assert events == ["refused: another user of this machine"]
        assert answers(server) and answers(relay)


def test_a_relay_whose_target_leaves_ends_every_connection() -> None:
    server = serve(echo)
    with Relay(server) as relay, ExitStack() as stack:
        socks = [stack.enter_context(connect(relay)) for _ in range(10)]
        for sock in socks:
            sock.sendall(b"hello")
            assert sock.recv(5) == b"hello"
        server.close()
        assert all(ended(sock) for sock in socks)
        # a connection that is reset before connect() has returned fails in connect() itself
        with suppress(ConnectionResetError), connect(relay) as sock:
            assert ended(sock)
        eventually(lambda: "target unreachable: ConnectionRefusedError" in str(relay.log))
        server.start()
