"""serve_all(program): the learner's own accept loop as a server, in a thread of this notebook."""

from __future__ import annotations

import inspect
import socket
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from netlab.background.listener import JOIN, LOOPBACK
from netlab.background.log import Journal
from netlab.background.server import Server
from netlab.servers.local import LoggedSocket

Program = Callable[[socket.socket], object]


def serve_all(program: Program, *, host: str = "127.0.0.1") -> ProgramServer:
    """Run `program(listener)` in one thread of this notebook: one function for all clients.

    The listener listens on loopback already. close() ends every connection and wakes the program
    wherever it waits; its next accept() raises ServerClosed, which ends a loop that lets it
    through. An earlier error of the program, or of a thread that it gave a connection, is raised
    by close() and at the end of `with`. Raises TypeError if program can't be called so.
    """
    try:
        inspect.signature(program).bind(None)
    except TypeError as error:
        raise TypeError(
            "serve_all needs a function that takes a listening socket, such as "
            f"`def program(listener): ...`; got {program!r} ({error})"
        ) from None
    except ValueError:
        pass  # a function of C, which does not tell what it takes
    return ProgramServer(program, host=host)


class ServerClosed(OSError):
    """What accept() raises when the server was closed: the loop around it should end."""


class ProgramServer(Server):
    """The server that serve_all(program) returns."""

    def __init__(self, program: Program, *, host: str) -> None:
        self._program = program
        super().__init__(host=host)

    @property
    def label(self) -> str:
        return f"serve_all({getattr(self._program, '__name__', 'program')})"

    @property
    def errors(self) -> list[BaseException]:
        return list(self._listener.errors)

    def _start(self) -> tuple[str, int]:
        self._listener = _Listener(LOOPBACK[self.host])
        self._listener.bind((self.host, 0))
        self._listener.listen(128)
        weakref.finalize(self, _end, self._listener)
        where: tuple[str, int] = self._listener.getsockname()[:2]
        self._thread = threading.Thread(
            target=_run, args=(self._program, self._listener), daemon=True
        )
        self._thread.start()
        return where

    def _end(self) -> dict[str, Any]:
        _end(self._listener)
        if threading.current_thread() is not self._thread:
            self._thread.join(JOIN)
            if self._thread.is_alive():
                self._listener.errors.append(
                    RuntimeError(
                        f"{self.label} did not return after the server was closed: is there a "
                        "loop in it that catches every error, or a wait without an end?"
                    )
                )
        return self._read_log()

    def _read_log(self) -> dict[str, Any]:
        return self._listener.journal.wire()


class _Listener(socket.socket):
    """A listening socket that knows whom it accepted, and can be closed from outside."""

    def __init__(self, family: socket.AddressFamily) -> None:
        super().__init__(family, socket.SOCK_STREAM)
        self.journal, self.ended, self.count = Journal(), False, 0
        self.errors: list[BaseException] = []
        self.lock = threading.Lock()  # nobody is accepted while close() makes its list
        self.accepted: weakref.WeakSet[_Connection] = weakref.WeakSet()

    def accept(self) -> tuple[socket.socket, Any]:
        conn, peer = super().accept()
        with self.lock:
            if self.ended:
                conn.close()
                raise ServerClosed("the server was closed")
            self.count += 1
            self.journal.add(self.count, peer[:2], "connected")
            logged = _Connection(conn, self.journal, self.count, peer[:2])
            logged.listener = self
            self.accepted.add(logged)
        return logged, peer


class _Connection(LoggedSocket):
    """A connection that is closed when nobody holds it any more, whoever forgot it."""

    listener: _Listener

    def __del__(self) -> None:
        self.close()


def _run(program: Program, listener: _Listener) -> None:
    try:
        program(listener)
    except BaseException as error:  # SystemExit too: a learner's program may call exit()
        if not listener.ended:
            listener.errors.append(error)
    finally:
        listener.close()
        for conn in list(listener.accepted):
            if conn.gettimeout() == 0:  # in others, threads of the program may still wait
                conn.close()


def _end(listener: _Listener) -> None:
    """Let the program's next accept() raise, and wake it wherever it waits."""
    with listener.lock:
        listener.ended, accepted = True, list(listener.accepted)
    for conn in accepted:
        with suppress(OSError):
            conn.shutdown(socket.SHUT_RDWR)  # a recv that waits wakes with b""
    with suppress(OSError):  # an accept or a select that waits wakes because somebody calls
        socket.create_connection(listener.getsockname()[:2], timeout=1).close()


def _keep(args: threading.ExceptHookArgs) -> None:
    """A thread's error stands in its server's list, and not below whichever cell runs now."""
    trace = args.exc_traceback
    while trace is not None:
        for value in list(trace.tb_frame.f_locals.values()):
            if isinstance(value, _Connection) and args.exc_value is not None:
                if not value.listener.ended:
                    value.listener.errors.append(args.exc_value)
                value.close()  # else the error that is kept would keep it open
                return
        trace = trace.tb_next
    _print(args)


_print, threading.excepthook = threading.excepthook, _keep
