"""Nothing is left over: no thread, descriptor or process, in the notebook or in its children."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable
from typing import Any

import pytest

from netlab import EchoServer, Relay, UdpEchoServer, serve
from netlab.background.child import Child
from netlab.servers.builtin import servers_child
from tests.helpers import HOSTS, Footprint, answers, connect, eventually, returns_to

STARTS: list[Callable[..., Any]] = [
    EchoServer,
    UdpEchoServer,
    lambda host: serve(lambda conn: conn.sendall(conn.recv(100)), host=host),
]


End = Callable[[Any], Any]


def close(thing: Any) -> Any:
    """The closed thing: kept, so that it is close() that ends it and not its being forgotten."""
    thing.close()
    return thing


def drop(thing: Any) -> None:
    """Nothing: the caller forgets it."""


def use_servers(count: int, end: End) -> list[Any]:
    ended = []
    for number in range(count):
        server = STARTS[number % 3](host=HOSTS[number % 2])
        if server.transport == "tcp":
            assert answers(server)
        else:
            family = socket.AF_INET6 if server.host == "::1" else socket.AF_INET
            with socket.socket(family, socket.SOCK_DGRAM) as sock:
                sock.settimeout(5)
                sock.sendto(b"hello", server.address)
                assert sock.recv(100) == b"hello"
        ended.append(end(server))
        del server
    gc.collect()
    return ended


def use_relays(count: int, end: End) -> list[Any]:
    ended = []
    with EchoServer() as server:
        for number in range(count):
            relay = Relay(server, delay=0.001, host=HOSTS[number % 2])
            assert answers(relay)
            ended.append(end(relay))
            del relay
    gc.collect()
    return ended


@pytest.mark.parametrize("end", [close, drop])
@pytest.mark.parametrize(
    ("use", "count"),
    [(use_servers, 200), (use_relays, 8), pytest.param(use_relays, 50, marks=pytest.mark.proof)],
)
def test_nothing_is_left(use: Callable[[int, End], list[Any]], count: int, end: End) -> None:
    use(3, end)  # what is made once and kept, such as the servers' child
    child = servers_child().pid
    here, there = Footprint.of(), Footprint.of(child)
    ended = use(count, end)
    returns_to(here)
    returns_to(there, child)
    assert len(ended) == count


def test_connections_leave_nothing_in_a_server_or_a_relay() -> None:
    with EchoServer() as server, Relay(server) as relay:
        assert answers(relay)
        children = [servers_child().pid, relay._child.pid]
        before = [Footprint.of(pid) for pid in children]
        for _ in range(100):
            assert answers(relay)
        for then, pid in zip(before, children, strict=True):
            returns_to(then, pid)


def test_a_server_closed_under_an_open_connection_leaves_nothing() -> None:
    for start in (EchoServer, lambda: serve(lambda conn: conn.recv(100))):
        with start() as server:
            pass  # the child is there
        here, there = Footprint.of(), Footprint.of(servers_child().pid)
        with start() as server:
            socks = [connect(server) for _ in range(20)]
            eventually(lambda server=server: len(server.log) >= 20)
        for sock in socks:
            assert sock.recv(100) == b""
            sock.close()
        returns_to(here)
        returns_to(there, servers_child().pid)


def test_a_start_that_is_interrupted_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = Child.call

    def interrupted(self: Child, do: str, **arguments: Any) -> Any:
        """The stop button is pressed just as the reply comes."""
        reply = answered(self, do, **arguments)
        if do == "start":
            raise KeyboardInterrupt
        return reply

    with EchoServer() as server:
        here, there = Footprint.of(), Footprint.of(server._child.pid)
        monkeypatch.setattr(Child, "call", interrupted)
        with pytest.raises(KeyboardInterrupt) as kept:
            Relay(server)
        returns_to(here)  # at once, though the notebook keeps the traceback
        for start in (EchoServer, UdpEchoServer):
            with pytest.raises(KeyboardInterrupt):
                start()
        assert kept.value is not None
        gc.collect()
        returns_to(there, server._child.pid)


def test_a_constructor_that_fails_leaves_nothing() -> None:
    with EchoServer() as server:
        here = Footprint.of()
        for wrong in ({"host": "0.0.0.0"}, {"delay": -1}, {"loss": 0.1}, {"splitt": 1}):
            with pytest.raises((TypeError, ValueError)):
                Relay(server, **wrong)
        returns_to(here)
