"""Wrong arguments, dead children and unruly handlers: a clear sentence, and the next call works."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from netlab import EchoServer, Relay, UdpEchoServer, serve
from netlab.background.listener import Listener
from netlab.background.log import KEPT_RECORDS, Journal
from tests.helpers import answers, connect, eventually, read_to_end, refuses

ANY = ("127.0.0.1", 9)


def echo(conn: socket.socket) -> None:
    while data := conn.recv(4096):
        conn.sendall(data)


WRONG: list[tuple[Callable[[], object], type[Exception], str]] = [
    (lambda: EchoServer(host=5), ValueError, "expected host='127.0.0.1'"),
    (lambda: EchoServer(host="0.0.0.0"), ValueError, "this machine only"),
    (lambda: EchoServer(host="localhost"), ValueError, "expected host='127.0.0.1'"),
    (lambda: UdpEchoServer(host=b"::1"), ValueError, "expected host='127.0.0.1'"),
    (lambda: serve(5), TypeError, "serve needs a function"),
    (lambda: serve(echo, host="::"), ValueError, "this machine only"),
    (lambda: Relay(None), ValueError, "expected a server, a relay, a socket that is bound"),
    (lambda: Relay(EchoServer), ValueError, "expected a server"),
    (lambda: Relay("127.0.0.1"), ValueError, "expected a server"),
    (lambda: Relay(("127.0.0.1", "80")), ValueError, "expected a server"),
    (lambda: Relay(("127.0.0.1", 80.5)), ValueError, "expected a server"),
    (lambda: Relay(("127.0.0.1", True)), ValueError, "expected a server"),
    (lambda: Relay(("127.0.0.1", 0)), ValueError, "expected a server"),
    (lambda: Relay((2130706433, 80)), ValueError, "expected a server"),
    (lambda: Relay((b"\x7f\0\0\1", 80)), ValueError, "expected a server"),
    (lambda: Relay(("192.0.2.1", 80)), ValueError, "expected a server"),
    (lambda: Relay(("127.0.0.1", 80, 0)), ValueError, "expected a server"),
    (lambda: Relay(ANY, host="0.0.0.0"), ValueError, "this machine only"),
    (lambda: Relay(ANY, delay=-0.001), ValueError, "delay cannot be -0.001"),
    (lambda: Relay(ANY, delay=float("nan")), ValueError, "delay cannot be nan"),
    (lambda: Relay(ANY, delay=100), ValueError, "delays are in seconds"),
    (lambda: Relay(ANY, delay="20 ms"), TypeError, "expected a number for delay"),
    (lambda: Relay(ANY, delay=None), TypeError, "expected a number for delay"),
    (lambda: Relay(ANY, jitter=0.1), ValueError, "arrive before they were sent"),
    (lambda: Relay(ANY, rate=0), ValueError, "too slow"),
    (lambda: Relay(ANY, rate=True), TypeError, "expected a number for rate"),
    (lambda: Relay(ANY, rate=10**400), ValueError, "rate"),
    (lambda: Relay(ANY, queue=0), ValueError, "too small"),
    (lambda: Relay(ANY, split=0), ValueError, "split=0"),
    (lambda: Relay(ANY, split=1.5), TypeError, "whole number of bytes for split"),
    (lambda: Relay(ANY, coalesce=-1), ValueError, "0 to 60 seconds"),
    (lambda: Relay(ANY, coalesce=None), TypeError, "expected seconds for coalesce"),
    (lambda: Relay(ANY, stall_after=-1), ValueError, "stall_after=-1"),
    (lambda: Relay(ANY, reset_after="soon"), TypeError, "whole number of bytes"),
    (lambda: Relay(ANY, loss=0.1), ValueError, "cannot show loss"),
    (lambda: Relay(ANY, dealy=0.1), TypeError, "a relay has no 'dealy'"),
]


@pytest.mark.parametrize("case", range(len(WRONG)))
def test_wrong_arguments_are_named(case: int) -> None:
    call, error, words = WRONG[case]
    with pytest.raises(error) as caught:
        call().close()  # type: ignore[attr-defined]
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_change_that_is_refused_changes_nothing() -> None:
    with EchoServer() as server, Relay(server, delay=0.001) as relay:
        for wrong in ({"delay": -1}, {"split": 0}, {"loss": 1}, {"delay": 0.03, "rate": 1}):
            with pytest.raises((TypeError, ValueError)):
                relay.change(**wrong)
        assert relay.round_trip == 0.002 and answers(relay)
    with pytest.raises(ConnectionError, match="is closed"):
        relay.change(delay=0.1)


@pytest.mark.parametrize("start", [EchoServer, lambda: serve(echo), lambda: Relay(ANY)])
def test_after_close_every_call_says_so_or_does_nothing(start: Callable[[], Any]) -> None:
    thing = start()
    old = thing.address
    thing.close()
    thing.close()
    assert refuses(old) and len(thing.log) == 0 and thing.errors == []
    with pytest.raises(ConnectionError, match=r"is closed; use it inside its with block, or call"):
        thing.address  # noqa: B018
    with pytest.raises(ConnectionError, match="is closed"):
        Relay(thing)
    with thing as same:
        assert same is thing and thing.start() is thing and not refuses(thing.address)


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_a_dead_servers_child_is_said_once_and_replaced() -> None:
    servers = [EchoServer(), UdpEchoServer()]
    child = servers[0]._child
    os.kill(child.pid, signal.SIGKILL)
    eventually(lambda: not child.alive)
    for server in servers:
        with pytest.raises(RuntimeError, match=r"servers process ended with code -9.*Run the cell"):
            server.log  # noqa: B018
        server.close()
        assert len(server.log) == 0
    with EchoServer() as fresh, servers[0]:
        assert answers(fresh) and answers(servers[0])


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_a_dead_relay_is_said_and_its_server_lives() -> None:
    with EchoServer() as server:
        relay = Relay(server)
        os.kill(relay._child.pid, signal.SIGKILL)
        eventually(lambda: not relay._child.alive)
        for call in (lambda: relay.log, lambda: relay.change(delay=0.001)):
            with pytest.raises(RuntimeError, match=r"relay process ended with code -9"):
                call()
        relay.close()
        assert answers(server) and answers(relay.start())
        relay.close()


def test_a_request_the_child_does_not_expect_harms_no_server() -> None:
    with EchoServer() as server:
        for do, arguments in (("nonsense", {}), ("start", {"kind": 5}), ("log", {"server": -1})):
            with pytest.raises(OSError):
                server._child.call(do, **arguments)
        assert answers(server)


def handlers(conn: socket.socket) -> None:
    """Does what the client's first byte says."""
    order = conn.recv(1)
    if order == b"r":
        raise LookupError("the handler's own")
    if order == b"x":
        sys.exit("the handler's exit")
    if order == b"c":
        conn.close()
    if order == b"p":
        threading.Thread(target=print, args=("from a thread",)).start()
        conn.sendall(b"printed")
    if order == b"d":
        conn.detach()


@pytest.mark.parametrize(
    ("order", "error"),
    [(b"r", LookupError), (b"x", SystemExit), (b"c", None), (b"p", None), (b"d", None)],
)
def test_no_handler_stops_a_server(order: bytes, error: type[BaseException] | None) -> None:
    server = serve(handlers)
    for _ in range(3):
        with connect(server) as sock:
            sock.sendall(order)
            if order != b"d":  # a detached socket is the handler's own: nobody closes it
                assert read_to_end(sock) == (b"printed" if order == b"p" else b"")
    wanted = 3 if error else 0
    eventually(lambda: len(server.errors) == wanted)
    if error is None:
        server.close()
    else:
        with pytest.raises(error, match="the handler's"):
            server.close()
    server.close()


@pytest.mark.parametrize("stuck", [1, 5, 100])
def test_handlers_that_never_return_do_not_hold_close(stuck: int) -> None:
    release = threading.Event()
    server = serve(lambda conn: release.wait(30))
    socks = [connect(server) for _ in range(stuck)]
    eventually(lambda: len(server.log) == stuck)
    before = time.monotonic()
    with pytest.raises(RuntimeError, match=rf"{stuck} handlers? did not return"):
        server.close()
    assert time.monotonic() - before < 3.0
    release.set()
    for sock in socks:
        sock.close()


def test_close_from_inside_a_handler() -> None:
    closed = threading.Event()

    def closes(conn: socket.socket) -> None:
        server.close()
        closed.set()

    server = serve(closes)
    with connect(server) as sock:
        assert closed.wait(5) and read_to_end(sock) == b""
    assert not server.running and server.errors == []
    with server, connect(server):
        assert closed.wait(5)


def test_a_huge_log_is_bounded_and_counts_what_it_dropped() -> None:
    journal = Journal()
    for number in range(KEPT_RECORDS + 123):
        journal.add(number, ANY, "received", bytes(1000))
    assert len(journal.log()) == KEPT_RECORDS and journal.log().dropped == 123
    assert journal.log()[0].client == 123
    with EchoServer() as server, connect(server) as sock:
        for _ in range(KEPT_RECORDS // 2 + 100):
            sock.sendall(b"x")
            assert sock.recv(1) == b"x"
        log = server.log
        assert len(log) == KEPT_RECORDS and log.dropped == 201  # and the connection itself


def test_a_log_read_while_it_is_written_never_claims_a_dropped_record() -> None:
    """Fewer records than it keeps: none can have been dropped, at whatever moment it is read."""
    for _ in range(20):
        journal = Journal()

        def write(journal: Journal = journal) -> None:
            for _ in range(KEPT_RECORDS - 1):
                journal.add(1, ANY, "sent", b"x")

        writer = threading.Thread(target=write)
        writer.start()
        while writer.is_alive():
            assert journal.log().dropped == 0
        writer.join()


def test_errors_of_a_listener_are_only_kept_never_printed(capfd: Any) -> None:
    listener = Listener(lambda *about: 1 / 0, "127.0.0.1", Journal())
    with connect(listener) as sock:
        assert read_to_end(sock) == b""
    listener.close()
    assert [type(error) for error in listener.errors] == [ZeroDivisionError]
    assert capfd.readouterr() == ("", "")
