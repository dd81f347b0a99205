"""serve(handler): the learner's own function as a server, in a thread of this notebook."""

from __future__ import annotations

import inspect
import socket
import weakref
from collections.abc import Callable
from typing import Any

from netlab.background.listener import Listener, Peer
from netlab.background.log import Journal
from netlab.background.server import Host, Server


def serve(
    handler: Callable[[socket.socket], object], *, host: str | Host = "127.0.0.1", port: int = 0
) -> HandlerServer:
    """Run `handler(conn)` for every client that connects, each in a thread of this notebook.

    The connection is closed when the handler returns. A handler's first error is raised by
    close() and at the end of `with`; all are in .errors, and none stops the server. A vanished
    client (ConnectionError) is listed and not raised. Raises TypeError if handler can't be called.
    """
    try:
        inspect.signature(handler).bind(None)
    except TypeError as error:
        raise TypeError(
            "serve needs a function that takes a connection, such as "
            f"`def handler(conn): ...`; got {handler!r} ({error})"
        ) from None
    except ValueError:
        pass  # a function of C, which does not tell what it takes
    return HandlerServer(handler, host=host, port=port)


class HandlerServer(Server):
    """The server that serve(handler) returns."""

    def __init__(
        self, handler: Callable[[socket.socket], object], *, host: str | Host, port: int = 0
    ) -> None:
        self._handler = handler
        self._listener: Listener | None = None
        super().__init__(host=host, port=port)

    @property
    def label(self) -> str:
        return f"serve({getattr(self._handler, '__name__', 'handler')})"

    @property
    def errors(self) -> list[BaseException]:
        return self._listener.errors if self._listener else []

    def _start(self) -> tuple[str, int]:
        where = self.host if self._on is None else self._on.bound_socket("tcp", self._port)
        self._listener = _HandlerListener(self._handler, where)
        weakref.finalize(self, self._listener.close)
        return self._listener.address

    def _end(self) -> dict[str, Any]:
        assert self._listener is not None
        self._listener.close()
        return self._listener.journal.wire()

    def _read_log(self) -> dict[str, Any]:
        assert self._listener is not None
        return self._listener.journal.wire()

    def _nature(self) -> list[Any]:
        try:
            return [inspect.getsource(self._handler)]
        except (OSError, TypeError):  # of a function that has no source
            return [self.label]


class _HandlerListener(Listener):
    def __init__(
        self, handler: Callable[[socket.socket], object], host: str | socket.socket
    ) -> None:
        journal = Journal()
        self.wrap = lambda conn, number, peer: LoggedSocket(conn, journal, number, peer)
        super().__init__(lambda conn, number, peer: handler(conn), host, journal)


class LoggedSocket(socket.socket):
    """An ordinary socket that writes what it sends and receives into the server's log."""

    def __init__(self, conn: socket.socket, journal: Journal, number: int, peer: Peer) -> None:
        timeout = conn.gettimeout()
        super().__init__(conn.family, conn.type, conn.proto, fileno=conn.detach())
        self.settimeout(timeout)
        self._journal, self._number, self._peer = journal, number, peer

    def _note(self, event: str, data: bytes | memoryview) -> None:
        self._journal.add(self._number, self._peer, event, data)

    def recv(self, size: int, flags: int = 0) -> bytes:
        data = super().recv(size, flags)
        if data and not flags & socket.MSG_PEEK:
            self._note("received", data)
        return data

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        size = super().recv_into(buffer, nbytes, flags)
        if size and not flags & socket.MSG_PEEK:
            self._note("received", memoryview(buffer).cast("B")[:size])
        return size

    def send(self, data: Any, flags: int = 0) -> int:
        size = super().send(data, flags)
        self._note("sent", memoryview(data).cast("B")[:size])
        return size

    def sendall(self, data: Any, flags: int = 0) -> None:
        # before sending, so that whoever has the reply finds it in the log
        self._note("sent", memoryview(data).cast("B"))
        super().sendall(data, flags)
