"""serve_all: the learner's own accept loop; close() ends it wherever it waits."""

from __future__ import annotations

import gc
import selectors
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from netlab import serve_all
from tests.helpers import Footprint, returns_to
from tests.test_servers import HOSTS, connect, read_to_end, shout


def in_turn(listener: socket.socket) -> None:
    while True:
        conn, _ = listener.accept()
        with conn:
            shout(conn)


def threads(listener: socket.socket) -> None:
    while True:
        conn, _ = listener.accept()
        threading.Thread(target=shout, args=[conn], daemon=True).start()


def one_loop(listener: socket.socket) -> None:
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            sock: Any = key.fileobj
            if sock is listener:
                conn = listener.accept()[0]
                conn.setblocking(False)
                selector.register(conn, selectors.EVENT_READ)
            elif data := sock.recv(1024):
                sock.sendall(data.upper())
            else:
                selector.unregister(sock)
                sock.close()


PROGRAMS = [in_turn, threads, one_loop]


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    """Neither a thread nor a descriptor of a server that was closed."""
    before = Footprint.of()
    yield
    gc.collect()
    returns_to(before)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_serves_its_clients(program: Any, host: str) -> None:
    with serve_all(program, host=host) as server:
        for word in (b"one", b"two"):
            with connect(server) as sock:
                sock.sendall(word)
                assert sock.recv(16) == word.upper()
        seen = [(r.client, r.event, r.data) for r in server.log]
    assert seen[:3] == [(1, "connected", b""), (1, "received", b"one"), (1, "sent", b"ONE")]
    assert (2, "sent", b"TWO") in seen and server.errors == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_close_wakes_a_program_that_waits(program: Any) -> None:
    """In accept or select, in recv, and with a client that nobody has accepted yet."""
    serve_all(program).close()
    server = serve_all(program)
    with connect(server) as talks, connect(server) as silent:
        talks.sendall(b"x")
        assert talks.recv(1) == b"X"
        server.close()
        assert talks.recv(1) == b""
        try:
            assert silent.recv(1) == b""
        except ConnectionError:
            pass  # it was still in the listener's queue
    assert server.errors == []


def test_close_wakes_a_program_that_sends() -> None:
    sending = threading.Event()

    def pours(listener: socket.socket) -> None:
        conn, _ = listener.accept()
        with conn:
            sending.set()
            conn.sendall(bytes(50_000_000))

    server = serve_all(pours)
    with connect(server):
        assert sending.wait(5)
        server.close()
    assert server.errors == []


def test_a_programs_error_is_raised_at_close() -> None:
    def fails(listener: socket.socket) -> None:
        raise LookupError("in the loop")

    with pytest.raises(LookupError, match="in the loop"), serve_all(fails) as server:
        server._thread.join(5)
    assert [type(error) for error in server.errors] == [LookupError]
    server.start()._thread.join(5)
    with pytest.raises(LookupError):
        server.close()


def test_an_error_of_a_thread_is_raised_at_close_and_printed_nowhere(
    capfd: pytest.CaptureFixture[str],
) -> None:
    failed = threading.Event()

    def fails(conn: socket.socket) -> None:
        conn.sendall(b"!")
        try:
            raise LookupError("in a thread")
        finally:
            failed.set()

    def program(listener: socket.socket) -> None:
        while True:
            conn, _ = listener.accept()
            threading.Thread(target=fails, args=[conn]).start()
            del conn  # as a function of its own would

    server = serve_all(program)
    with connect(server) as sock:
        assert read_to_end(sock) == b"!"
    assert failed.wait(5)
    with pytest.raises(LookupError, match="in a thread"):
        server.close()
    assert capfd.readouterr().err == ""


def test_errors_of_other_threads_are_printed_as_ever(capfd: pytest.CaptureFixture[str]) -> None:
    seen: list[threading.ExceptHookArgs] = []
    import netlab.servers.whole as whole

    shown: Callable[[Any], None] = seen.append
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whole, "_print", shown)
        patch.setattr(threading, "excepthook", whole._keep)
        thread = threading.Thread(target=lambda: 1 // 0)
        thread.start()
        thread.join(5)
    assert [args.exc_type for args in seen] == [ZeroDivisionError]


def test_a_program_that_will_not_end_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netlab.servers.whole.JOIN", 0.05)
    go = threading.Event()

    def stubborn(listener: socket.socket) -> None:
        go.wait(10)

    server = serve_all(stubborn)
    with pytest.raises(RuntimeError, match=r"serve_all\(stubborn\) did not return .* every error"):
        server.close()
    go.set()


def test_connections_that_somebody_holds_are_closed() -> None:
    held: list[socket.socket] = []

    def holds(listener: socket.socket) -> None:
        while True:
            conn, _ = listener.accept()
            conn.setblocking(False)
            held.append(conn)

    server = serve_all(holds)
    with connect(server) as sock:
        while not held:
            connect(server).close()
        server.close()
        assert sock.recv(1) == b""
    assert all(conn.fileno() == -1 for conn in held)


def test_serve_all_wants_a_function_that_takes_a_listener() -> None:
    with pytest.raises(TypeError, match=r"serve_all needs a function .* got 5"):
        serve_all(5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="such as `def program"):
        serve_all(lambda: None)  # type: ignore[arg-type, misc]
