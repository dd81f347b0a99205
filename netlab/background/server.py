"""What every server handle shares: address, log, errors, with, close, and a plain repr."""

from __future__ import annotations

import socket
from collections.abc import Callable
from types import TracebackType
from typing import Any, Protocol, Self

from netlab.background import cells
from netlab.background.listener import check_host
from netlab.background.log import Log, from_wire
from netlab.background.tape import LIVE, Tape


class Host(Protocol):
    """A host of a Network, as far as a server needs one."""

    name: str
    tape: Tape
    vehicle: str

    def bound_socket(self, transport: str, port: int = 0) -> socket.socket: ...


class Server:
    """A server that is ready when its constructor returns and ends with the kernel at the latest.

    address: (host, port), for socket.create_connection and friends. host: "127.0.0.1", "::1", or
    a host of a Network. port: 0, the kernel chooses; a host of a Network, where all ports are
    free, can have any, such as 80. Raises ValueError for others.
    """

    transport = "tcp"
    vehicle = "loopback"
    round_trip: float | None = None

    def __init__(self, *, host: str | Host = "127.0.0.1", port: int = 0) -> None:
        self._on: Host | None = None
        self._tape = LIVE
        if isinstance(host, str) or not hasattr(host, "bound_socket"):
            self.host = check_host(host)
        else:
            self._on, self.host = host, host.name
            self._tape, self.vehicle = host.tape, host.vehicle
        self._port = check_port(port, self._on is not None)
        self.running = False
        self._address: tuple[str, int] | None = None
        self._last_log = Log([])
        self.start()

    def start(self) -> Self:
        """Start again after close(), on a new port; does nothing while it runs."""
        if not self.running:
            cells.adopt(self)  # before it starts: an earlier run of the cell may hold the port
            who = self._on.name if self._on is not None else ""
            nature = [*self._nature(), *([self._port] if self._port else [])]
            host, port = self._tape.call(who, f"{self.label} starts", nature, self._start)
            self._address = (host, port)
            self.running = True
        return self

    def close(self) -> None:
        """Close the listening socket and every connection; calling it again does nothing."""
        errors = self._stop()
        for error in errors:
            if not isinstance(error, ConnectionError):  # a client that vanished is in .errors
                raise error

    @property
    def address(self) -> tuple[str, int]:
        if not self.running or self._address is None:
            raise ConnectionError(
                f"this {self.label} is closed; use it inside its with block, or call start()"
            )
        return self._address

    @property
    def label(self) -> str:
        return type(self).__name__

    @property
    def log(self) -> Log:
        """Records of what the server saw: time (s), client, peer, event, size and first bytes."""
        return from_wire(self._ask("log", self._read_log)) if self.running else self._last_log

    @property
    def errors(self) -> list[BaseException]:
        """Every error a handler raised, vanished clients included, oldest first."""
        return []

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.close()
        elif (errors := self._stop()) and error is not None:
            # the exception that travels matters more, but the handler's may be its cause
            error.add_note(f"A handler of this {self.label} had failed before: {errors[0]!r}")

    def __repr__(self) -> str:
        family = " on IPv6" if self.host == "::1" else ""
        return f"<{self.label}{family}, {'running' if self.running else 'closed'}>"

    def _stop(self) -> list[BaseException]:
        if not self.running:
            return []
        self.running = False
        try:
            self._last_log = from_wire(self._ask("close", self._end))
        except ConnectionError:  # a recorded network that was closed before this server
            pass
        return self.errors

    def _ask(self, what: str, live: Callable[[], Any]) -> Any:
        return self._tape.call(f"{self.label} at {self._address}", what, [], live)

    def _nature(self) -> list[Any]:
        """What makes this server behave as it does, as JSON: a recording plays no other's."""
        return []

    def _start(self) -> tuple[str, int]:
        raise NotImplementedError

    def _end(self) -> dict[str, Any]:
        """Close, and return the log as Journal.wire gives it."""
        raise NotImplementedError

    def _read_log(self) -> dict[str, Any]:
        raise NotImplementedError


def check_port(port: int, own_network: bool) -> int:
    """The port, if it may be asked for; ValueError says why not."""
    if isinstance(port, bool) or not isinstance(port, int) or not 0 <= port <= 65535:
        raise ValueError(f"a port is a number from 0 to 65535; got {port!r}")
    if port and not own_network:
        raise ValueError(
            f"port {port} of this machine may be in use; leave port= out, and the system finds a "
            "free one. A host of a Network can have any: host=net['alice']"
        )
    return port


NO_LOG: dict[str, Any] = {"records": [], "dropped": 0}


def http_url(address: tuple[str, int]) -> str:
    """The address as the start of a URL; IPv6 goes into brackets (RFC 3986 section 3.2.2)."""
    host, port = address
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
