"""What every server handle shares: address, log, errors, with, close, and a plain repr."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from netlab.background import cells
from netlab.background.listener import check_host
from netlab.background.log import Log


class Server:
    """A server that is ready when its constructor returns and ends with the kernel at the latest.

    address: (host, port), for socket.create_connection and friends; the port came from the
    kernel (port 0). host: "127.0.0.1" or "::1". Raises ValueError for any other host.
    """

    transport = "tcp"
    vehicle = "loopback"
    round_trip: float | None = None

    def __init__(self, *, host: str = "127.0.0.1") -> None:
        self.host = check_host(host)
        self.running = False
        self._address: tuple[str, int] | None = None
        self._last_log = Log([])
        self.start()

    def start(self) -> Self:
        """Start again after close(), on a new port; does nothing while it runs."""
        if not self.running:
            self._address = self._start()
            self.running = True
            cells.adopt(self)
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
        return self._read_log() if self.running else self._last_log

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
        self._last_log = self._end()
        return self.errors

    def _start(self) -> tuple[str, int]:
        raise NotImplementedError

    def _end(self) -> Log:
        raise NotImplementedError

    def _read_log(self) -> Log:
        raise NotImplementedError


def http_url(address: tuple[str, int]) -> str:
    """The address as the start of a URL; IPv6 goes into brackets (RFC 3986 section 3.2.2)."""
    host, port = address
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
