"""Host: a computer of the network. Its sockets are ordinary ones that live there, not here."""

from __future__ import annotations

import errno
import http.client
import ipaddress
import os
import socket
import subprocess
import urllib.request
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from netlab.network.player import LIVE_WHERE, RecordingError

if TYPE_CHECKING:
    from netlab.network.live import Live
    from netlab.network.network import Network
    from netlab.network.plan import HostPlan
    from netlab.network.program import Program

NO_ROUTE = (errno.ENETUNREACH, errno.EHOSTUNREACH)
ROUTE = ": do links lead there? Display the network to see its addresses"
SERVER = ". If you made its network again, start the server again, too"
Address = tuple[str, int]
Socket = socket.socket  # a name that the methods called socket do not hide


class Host:
    """One host of a Network: net["alice"]. It has addresses, makes sockets and runs programs."""

    def __init__(self, network: Network, plan: HostPlan) -> None:
        self.network, self.name, self._plan = network, plan.name, plan
        self.tape, self.vehicle = network.tape, network.vehicle

    @property
    def addresses(self) -> list[str]:
        """All its addresses, interface by interface."""
        found = [a for interface in self._plan.interfaces for a in interface.addresses]
        return [address.partition("/")[0] for address in found]

    @property
    def address(self) -> str:
        """Its first IPv4 address."""
        return next(address for address in self.addresses if ":" not in address)

    @property
    def address6(self) -> str:
        """Its first IPv6 address; ValueError in a network without ipv6=True."""
        for address in self.addresses:
            if ":" in address:
                return address
        raise ValueError(f"{self.name} has no IPv6 address: make the network with ipv6=True")

    @property
    def routes(self) -> list[str]:
        """Where its packets go next, a line for each subnet, as `ip route` words it."""
        lines = [
            f"{ipaddress.ip_interface(address).network} dev {interface.name}"
            for interface in self._plan.interfaces
            for address in interface.addresses
        ]
        for route in self._plan.routes:
            where = "default" if route.to.endswith("/0") else route.to
            lines.append(f"{where} via {route.via} dev {route.interface}")
        return lines

    def socket(
        self, family: int = socket.AF_INET, type: int = socket.SOCK_STREAM, proto: int = 0
    ) -> Socket:
        """A new socket on this host, as socket.socket(family, type, proto) makes one here."""
        return self.tape.socket(
            self.name,
            "socket",
            [int(family), int(type), proto],
            lambda: self.raw_socket(family, type, proto),
        )

    def connect(self, target: Any, timeout: float = 10.0) -> Socket:
        """A TCP connection from this host: an ordinary socket with that timeout (seconds).

        target: a server with host=, or (address, port). Raises ConnectionRefusedError,
        TimeoutError, OSError when there is no route.
        """
        where = address_of(target)
        return self.tape.socket(
            self.name, "connect", list(where), lambda: self._connect(where, timeout)
        )

    def listen(self, port: int = 0, backlog: int = 128) -> Socket:
        """A listening TCP socket at this host's address; port 0 takes a free one."""
        return self.tape.socket(
            self.name, "listen", [port], lambda: self.bound_socket("tcp", port, backlog)
        )

    def http(self, target: Any, timeout: float = 10.0) -> http.client.HTTPConnection:
        """An http.client.HTTPConnection whose connections, later ones too, are this host's."""
        return HostConnection(self, *address_of(target), timeout=timeout)

    def opener(self) -> urllib.request.OpenerDirector:
        """An opener of urllib.request whose connections are this host's; http only, no proxy."""
        host = self

        class Handler(urllib.request.HTTPHandler):
            def http_open(self, request: urllib.request.Request) -> Any:
                return self.do_open(_connection_of(host), request)

        opener = urllib.request.OpenerDirector()  # an empty one: others open sockets of their own
        for handler in (
            Handler(),
            urllib.request.UnknownHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPRedirectHandler(),
            urllib.request.HTTPErrorProcessor(),
        ):
            opener.add_handler(handler)
        opener.addheaders = [("User-Agent", "netlab")]  # Python's changes with its version
        return opener

    def run(
        self, args: Sequence[str], timeout: float = 60.0, input: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a program on this host to its end, as subprocess.run(args, text=True) does here.

        Raises FileNotFoundError, and TimeoutError after `timeout` seconds.
        """
        command = command_line(args)

        def live() -> dict[str, Any]:
            with self._spawn(command) as program:
                return program.communicate(input, timeout)

        done = self.tape.call(self.name, "run", [command, input], live)
        return subprocess.CompletedProcess(command, **done)

    def popen(self, args: Sequence[str]) -> Program:
        """Start a program on this host; it has stdin, stdout, wait, terminate; see Program."""
        if self.tape.playing:
            raise RecordingError(f"a recorded {self.name} can't start programs. {LIVE_WHERE}")
        return self._spawn(command_line(args))

    def __repr__(self) -> str:
        return f"<{self.name}: {', '.join(self.addresses)}>"

    # -- for netlab's servers and programs ------------------------------------------------------

    @property
    def live(self) -> Live:
        """The process that holds this host; a recorded one has none."""
        if self.network.live is None:
            raise RecordingError(
                f"{self.name} is recorded: nothing new happens there. {LIVE_WHERE}"
            )
        return self.network.live

    def raw_socket(self, family: int, type: int, proto: int = 0) -> Socket:
        """A socket that no recording knows of."""
        return self.live.socket(self.name, int(family), int(type), proto)

    def bound_socket(self, transport: str, port: int = 0, backlog: int = 128) -> Socket:
        """A socket bound to this host's address, listening if it is TCP."""
        sock = self.raw_socket(
            socket.AF_INET, socket.SOCK_STREAM if transport == "tcp" else socket.SOCK_DGRAM
        )
        try:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind((self.address, port))
            if transport == "tcp":
                sock.listen(backlog)
        except BaseException:
            sock.close()
            raise
        return sock

    def _connect(self, where: Address, timeout: float) -> Socket:
        sock = self.raw_socket(
            socket.AF_INET6 if ":" in where[0] else socket.AF_INET, socket.SOCK_STREAM
        )
        try:
            sock.settimeout(timeout)
            sock.connect(where)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except BaseException as error:
            sock.close()
            code = error.errno if isinstance(error, OSError) else None
            if code in NO_ROUTE:
                raise OSError(code, f"{self.name} has no route to {where[0]}{ROUTE}") from None
            if code == errno.ECONNREFUSED:
                raise OSError(code, f"nobody listens at {where}: refused{SERVER}") from None
            raise
        return sock

    def _spawn(self, command: list[str]) -> Program:
        from netlab.network.program import Program

        return Program(self, command)


class HostConnection(http.client.HTTPConnection):
    """An HTTPConnection that opens its sockets on a host. The stdlib's would quietly open a new
    one in the machine's own network after `Connection: close`."""

    def __init__(self, host: Host, name: str, port: int, timeout: float = 10.0) -> None:
        super().__init__(name, port, timeout=timeout)
        self._on = host

    def connect(self) -> None:
        limit = self.timeout if isinstance(self.timeout, int | float) else 10.0
        self.sock = self._on.connect((self.host, self.port), limit)


def _connection_of(host: Host) -> Any:
    def make(netloc: str, timeout: Any = 10.0, **_: Any) -> HostConnection:
        where = urlsplit(f"//{netloc}")
        limit = timeout if isinstance(timeout, int | float) else 10.0
        return HostConnection(host, where.hostname or "", where.port or 80, limit)

    return make


def address_of(target: Any) -> Address:
    """The address of a server or an (address, port) pair; TypeError says what would be right."""
    address = getattr(target, "address", target)
    match address:
        case (str() as name, int() as port, *_) if not isinstance(port, bool):
            return name, port
    raise TypeError(
        f"expected a server or an (address, port) pair such as (bob.address, 80); got {target!r}"
    )


def command_line(args: Sequence[str]) -> list[str]:
    """A program and its arguments as a list of texts; TypeError for one long text."""
    if isinstance(args, str | bytes) or not args:
        raise TypeError(f'expected a list such as ["ip", "route"]; got {args!r}')
    return [os.fspath(a) for a in args]
