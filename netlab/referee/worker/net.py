"""What the answer finds as socket.socket: connections that the referee plays, and no others.

create_connection, create_server and http.client are written in Python on top of it.
"""

from __future__ import annotations

import errno
import os
import socket

from netlab.referee.worker.sock import ScriptedSocket

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

LISTENER = -1
HIDDEN = ("192.0.2.2", 80)  # as in scenario.py, which is not in reach here
LOOPBACK = ("127.0.0.1", 50000)


class NetSocket(ScriptedSocket):
    """A TCP socket that is not connected yet, or listens."""

    ask: Callable[[dict[str, Any]], dict[str, Any]]

    def __init__(
        self, family: int = -1, type: int = -1, proto: int = -1, fileno: Any = None
    ) -> None:
        if fileno is not None or family not in (-1, socket.AF_INET):
            raise PermissionError(errno.EPERM, "the check plays TCP over IPv4 only")
        if type not in (-1, socket.SOCK_STREAM):
            text = "the check has no such socket but the one that it gives you; use that"
            raise PermissionError(errno.EPERM, text)
        super().__init__(self.ask, None)
        self._timeout = socket.getdefaulttimeout()
        self._addresses = (("0.0.0.0", 0), None)
        self._reuse = False

    def connect(self, address: Any) -> None:
        reply = self._ask(
            {"do": "connect", "address": _pair(address), "timeout": self._timeout}, True
        )
        self._number = reply["sock"]
        self._addresses = (LOOPBACK, tuple(reply["address"]))

    def connect_ex(self, address: Any) -> int:
        try:
            self.connect(address)
        except OSError as error:
            return error.errno or errno.ETIMEDOUT
        return 0

    def bind(self, address: Any) -> None:
        host, port = _pair(address)
        question = {"do": "bind", "address": [host or "0.0.0.0", port], "reuse": self._reuse}
        self._number = self._ask(question, True).get("sock")
        self._addresses = ((host, port or LOOPBACK[1]), None)

    def listen(self, backlog: int = 128) -> None:
        """Only the referee's listener, and those of scenarios with ports, are ever called."""
        if self._number is not None and self._number < LISTENER:
            self._ask({"do": "listen", "reuse": self._reuse})

    def setsockopt(self, level: int, option: int, *value: Any) -> None:
        if (level, option) == (socket.SOL_SOCKET, socket.SO_REUSEADDR):
            self._reuse = bool(value[0])
        super().setsockopt(level, option, *value)

    def accept(self) -> tuple[NetSocket, tuple[str, int]]:
        reply = self._ask({"do": "accept", "timeout": self._timeout}, True)
        conn = NetSocket()
        conn._number = reply["sock"]
        conn._addresses = (self._addresses[0], tuple(reply["address"]))
        return conn, conn.getpeername()

    def close(self) -> None:
        if self._number is None:
            self._closed = self._gone = True
        super().close()

    def detach(self) -> int:
        raise OSError("this socket is played by the referee and has no number; close it instead")

    def getpeername(self) -> tuple[str, int]:
        if self._addresses[1] is None:
            raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN))
        return super().getpeername()

    def _ask(self, question: dict[str, Any], unconnected: bool = False) -> dict[str, Any]:
        if self._number is None and not unconnected and not self._gone:
            raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN))
        return super()._ask(question)

    def __repr__(self) -> str:
        return f"<a scripted socket with {self._addresses[1]}>"


def install(ask: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """From now on every socket of this process is the referee's."""
    NetSocket.ask = staticmethod(ask)
    module: Any = socket
    module.socket = NetSocket
    module.getaddrinfo = _getaddrinfo
    module.gethostbyname = lambda host: _getaddrinfo(host, None)[0][4][0]


def forget() -> None:
    """What one answer has set for all sockets does not hold for the next."""
    socket.setdefaulttimeout(None)


def listener() -> NetSocket:
    """The listener that serve_one and its kind are given."""
    sock = NetSocket()
    sock._number = LISTENER
    sock._addresses = (LOOPBACK, None)
    return sock


def connect() -> NetSocket:
    """The function that round_trip and its kind are given."""
    sock = NetSocket()
    sock.connect(HIDDEN)
    return sock


def _getaddrinfo(host: Any, port: Any, *rest: Any, **more: Any) -> list[Any]:
    """IPv4 addresses as they are, and localhost: a check asks no name server."""
    if isinstance(host, bytes):
        host = host.decode("ascii")
    name = "127.0.0.1" if host == "localhost" else host
    parts = name.split(".") if isinstance(name, str) else []
    if len(parts) != 4 or not all(part.isdecimal() for part in parts):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (name, int(port or 0)))]


def _pair(address: Any) -> list[Any]:
    """Host and port as they travel; a real socket raises TypeError for the rest, too."""
    if not isinstance(address, tuple) or len(address) != 2:
        raise TypeError(f"AF_INET address must be tuple, not {type(address).__name__}")
    host, port = address
    if type(host) is not str or type(port) is not int:
        raise TypeError(f"expected a str and an int as host and port, got {address!r}")
    if not 0 <= port <= 65535:
        raise OverflowError("port must be 0-65535.")
    return [host, port]
