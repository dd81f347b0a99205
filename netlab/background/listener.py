"""Accept connections on loopback, one thread each, until told to close."""

from __future__ import annotations

import os
import selectors
import socket
import threading
import time
import weakref
from collections.abc import Callable

from netlab.background.kernel_view import peer_socket
from netlab.background.log import Journal

LOOPBACK = {"127.0.0.1": socket.AF_INET, "::1": socket.AF_INET6}
MAX_CONNECTIONS = 200  # at once; one more is accepted and closed
IDLE = 3600.0  # seconds without a byte before a connection is given up
JOIN = 2.0  # seconds that close() waits for handlers to return

Peer = tuple[str, int]
Handler = Callable[[socket.socket, int, Peer], object]


def check_host(host: object) -> str:
    """`host` if it is a loopback address; ValueError with what to do otherwise."""
    if isinstance(host, str) and host in LOOPBACK:
        return host
    raise ValueError(
        "netlab's servers are for this machine only: "
        f"expected host='127.0.0.1' or host='::1', got {host!r}"
    )


class Wake:
    """A socket pair in a selector: set() makes wait() return at once, on every system."""

    def __init__(self, *watched: socket.socket) -> None:
        self._read, self._write = socket.socketpair()
        self._selector = selectors.DefaultSelector()
        for sock in (self._read, *watched):
            self._selector.register(sock, selectors.EVENT_READ)

    def wait(self) -> bool:
        """Block until a watched socket is readable; False once set() was called."""
        return all(key.fileobj is not self._read for key, _ in self._selector.select())

    def set(self) -> None:
        try:
            self._write.send(b"!")
        except OSError:
            pass  # closed already

    def close(self) -> None:
        self._selector.close()
        self._read.close()
        self._write.close()


class Listener:
    """A listening TCP socket and the threads that serve its connections.

    `handler(conn, number, peer)` runs in a thread of its own and its connection is closed when it
    returns. Errors are kept in `errors`, never printed, and never stop the listener. `peer` is
    what accept said: a client that has reset already has no getpeername any more.
    """

    wrap: Callable[[socket.socket, int, Peer], socket.socket] | None = None

    def __init__(self, handler: Handler, host: str | socket.socket, journal: Journal) -> None:
        """host: a loopback address, or a socket that listens already on a host of a Network."""
        self.journal = journal
        self.errors: list[BaseException] = []
        self._handler = handler
        self._here = isinstance(host, str)
        if isinstance(host, str):
            family = LOOPBACK[check_host(host)]
            self._socket = socket.create_server((host, 0), family=family, backlog=128)
        else:
            self._socket = host
        self._socket.setblocking(False)
        self.address: tuple[str, int] = self._socket.getsockname()[:2]
        self._wake = Wake(self._socket)
        self._lock = threading.Lock()
        self._open: dict[socket.socket, threading.Thread] = {}
        self._closing = False
        _listeners.add(self)
        self._acceptor = threading.Thread(target=self._accept, daemon=True, name="netlab accept")
        self._acceptor.start()

    def close(self) -> None:
        """Stop accepting, wake every handler, wait for them at most JOIN seconds; idempotent."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
        self._wake.set()
        if threading.current_thread() is not self._acceptor:
            self._acceptor.join(JOIN)
        self._socket.close()
        with self._lock:
            handlers = list(self._open.items())
        for conn, _ in handlers:
            try:
                conn.shutdown(socket.SHUT_RDWR)  # a handler blocked in recv wakes with b""
            except OSError:
                pass
        deadline = time.monotonic() + JOIN
        for _, thread in handlers:
            if thread is not threading.current_thread():
                thread.join(max(0.0, deadline - time.monotonic()))
        stuck = sum(thread.is_alive() for _, thread in handlers)
        if stuck and threading.current_thread() not in [thread for _, thread in handlers]:
            self.errors.append(
                RuntimeError(
                    f"{stuck} handler{'s' * (stuck > 1)} did not return after the server closed "
                    "the connection: does a loop in it never end when recv returns b''?"
                )
            )

    def _accept(self) -> None:
        number = 0
        while self._wake.wait():
            try:
                conn, peer = self._socket.accept()
            except OSError:  # the client has gone again, or no descriptors are left
                continue
            number += 1
            try:
                self._admit(conn, number, peer[:2])
            except (OSError, RuntimeError) as error:  # gone already, or no thread can be started
                self._keep(error)
                conn.close()
        self._wake.close()

    def _admit(self, conn: socket.socket, number: int, peer: Peer) -> None:
        conn.setblocking(True)
        if len(self._open) >= MAX_CONNECTIONS:
            refusal = f"refused: {MAX_CONNECTIONS} connections are open already"
            self.journal.add(number, peer, refusal)
            conn.close()
            return
        conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        conn.settimeout(IDLE)
        if self.wrap:
            conn = self.wrap(conn, number, peer)
        thread = threading.Thread(
            target=self._serve, args=(conn, number, peer), daemon=True, name="netlab handler"
        )
        with self._lock:  # so that the thread, which takes itself out, finds itself in
            thread.start()
            self._open[conn] = thread

    def _serve(self, conn: socket.socket, number: int, peer: Peer) -> None:
        # asked here, not by the acceptor: busy handlers would let it wait at each of these calls
        foreign = self._here and hasattr(os, "getuid") and _is_foreign(conn)
        event = "refused: another user of this machine" if foreign else "closed"
        try:
            if not foreign:
                self.journal.add(number, peer, "connected")
                self._handler(conn, number, peer)
        except ConnectionError as error:
            event = "reset"
            self._keep(error)
        except BaseException as error:  # SystemExit too: a learner's handler may call exit()
            event = f"closed after {type(error).__name__}"
            self._keep(error)
        finally:
            self.journal.add(number, peer, event)  # first: whoever sees the end finds it here
            with self._lock:
                self._open.pop(conn, None)
            conn.close()

    def _keep(self, error: BaseException) -> None:
        if not self._closing:
            self.errors.append(error)


def _is_foreign(conn: socket.socket) -> bool:
    theirs = peer_socket(conn)
    return theirs is not None and theirs.uid not in (0, os.getuid())


_listeners: weakref.WeakSet[Listener] = weakref.WeakSet()


def _let_go() -> None:
    """In a forked copy of the notebook: every listener is the notebook's, not the copy's."""
    for listener in _listeners:
        listener._lock = threading.Lock()  # some thread may have held it, and is not here
        listener._closing = True  # so that close() here does nothing there
        listener._socket.close()  # else the port would stay open as long as the copy lives


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)
