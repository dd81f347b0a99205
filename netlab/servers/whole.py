"""serve_all(program): the learner's own accept loop as a server, in a thread of this notebook."""

from __future__ import annotations

import inspect
import socket
import threading
import weakref
from collections.abc import Callable
from typing import Any

from netlab.background.listener import JOIN, LOOPBACK
from netlab.background.log import Journal
from netlab.background.server import Server
from netlab.servers.local import LoggedSocket


def serve_all(
    program: Callable[[socket.socket], object], *, host: str = "127.0.0.1"
) -> ProgramServer:
    """Run `program(listener)` in one thread of this notebook: one function for all clients.

    The listener listens on loopback already. close() closes it and every connection that it
    accepted; accept() then raises ServerClosed, which ends a loop that lets it through. An error
    that ends the program earlier is raised by close() and at the end of `with`. Raises TypeError
    if program can't be called so.
    """
    try:
        inspect.signature(program).bind(None)
    except TypeError as error:
        raise TypeError(
            "serve_all needs a function that takes a listening socket, such as "
            f"`def program(listener): ...`; got {program!r} ({error})"
        ) from None
    return ProgramServer(program, host=host)


class ServerClosed(OSError):
    """What accept() raises when the server was closed: the loop around it should end."""


class ProgramServer(Server):
    """The server that serve_all(program) returns."""

    def __init__(self, program: Callable[[socket.socket], object], *, host: str) -> None:
        self._program, self._errors = program, []
        super().__init__(host=host)

    @property
    def label(self) -> str:
        return f"serve_all({getattr(self._program, '__name__', 'program')})"

    @property
    def errors(self) -> list[BaseException]:
        return list(self._errors)

    def _start(self) -> tuple[str, int]:
        self._errors: list[BaseException] = []
        self._listener = _Listener(LOOPBACK[self.host], Journal())
        self._listener.bind((self.host, 0))
        self._listener.listen(128)
        weakref.finalize(self, _end, self._listener)
        self._thread = threading.Thread(
            target=_run, args=(self._program, self._listener, self._errors), daemon=True
        )
        where: tuple[str, int] = self._listener.getsockname()[:2]
        self._thread.start()
        return where

    def _end(self) -> dict[str, Any]:
        _end(self._listener)
        if threading.current_thread() is not self._thread:
            self._thread.join(JOIN)
            if self._thread.is_alive():
                self._errors.append(
                    RuntimeError(
                        f"{self.label} did not return after the server was closed: is there a "
                        "loop in it that catches every error, or a wait without an end?"
                    )
                )
        return self._read_log()

    def _read_log(self) -> dict[str, Any]:
        return self._listener.journal.wire()


class _Listener(socket.socket):
    """A listening socket that remembers whom it accepted, and can be closed from outside."""

    def __init__(self, family: socket.AddressFamily, journal: Journal) -> None:
        super().__init__(family, socket.SOCK_STREAM)
        self.journal, self.ended = journal, False
        self._accepted: weakref.WeakSet[socket.socket] = weakref.WeakSet()

    def accept(self) -> tuple[socket.socket, Any]:
        conn, peer = super().accept()
        if self.ended:
            conn.close()
            raise ServerClosed("the server was closed")
        number = self.journal_number = getattr(self, "journal_number", 0) + 1
        self.journal.add(number, peer[:2], "connected")
        conn = LoggedSocket(conn, self.journal, number, peer[:2])
        self._accepted.add(conn)
        return conn, peer


def _run(
    program: Callable[[socket.socket], object], listener: _Listener, errors: list[BaseException]
) -> None:
    try:
        program(listener)
    except BaseException as error:  # SystemExit too: a learner's program may call exit()
        if not listener.ended:
            errors.append(error)
    finally:
        listener.close()  # not the connections: threads of the program may still be in them


def _end(listener: _Listener) -> None:
    """Let the program's next accept() raise, and wake it wherever it waits."""
    if listener.ended or listener.fileno() < 0:
        return
    listener.ended = True
    for conn in list(listener._accepted):
        try:
            conn.shutdown(socket.SHUT_RDWR)  # a recv that waits wakes with b""
        except OSError:
            pass
    try:  # an accept or a select that waits wakes because somebody calls
        socket.create_connection(listener.getsockname()[:2], timeout=1).close()
    except OSError:
        pass
