"""The servers' child: holds every built-in server of one kernel."""

from __future__ import annotations

import socket
import struct
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from netlab.background.listener import IDLE, LOOPBACK, Listener, Peer, Wake
from netlab.background.log import Journal


class Running(Protocol):
    journal: Journal
    address: tuple[str, int]

    def close(self) -> None: ...


class TcpEcho(Listener):
    """Sends back what it receives, as it receives it (RFC 862)."""

    def __init__(self, host: str | socket.socket) -> None:
        journal = Journal()
        log = journal.add

        def echo(conn: socket.socket, number: int, peer: Peer) -> None:
            limit_idle_time(conn)
            try:
                while data := conn.recv(65536):
                    log(number, peer, "received", data)
                    log(number, peer, "sent", data)  # first: who has the reply finds it here
                    conn.sendall(data)
            except BlockingIOError:  # what the kernel's time limit looks like to Python
                raise TimeoutError from None

        super().__init__(echo, host, journal)


def limit_idle_time(conn: socket.socket, seconds: float = IDLE) -> None:
    """As settimeout, but by the kernel: Python would call poll before every recv and send."""
    conn.settimeout(None)
    whole, rest = divmod(seconds, 1)
    windows = sys.platform == "win32"  # milliseconds there, a struct timeval elsewhere
    timeval = (int(whole), int(rest * 1e6))
    limit = struct.pack("L", int(seconds * 1000)) if windows else struct.pack("ll", *timeval)
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)


class UdpEcho:
    """Sends every datagram back to where it came from (RFC 862)."""

    def __init__(self, host: str | socket.socket) -> None:
        self.journal = Journal()
        if isinstance(host, str):
            self._socket = socket.socket(LOOPBACK[host], socket.SOCK_DGRAM)
            self._socket.bind((host, 0))
        else:
            self._socket = host
        self._socket.setblocking(False)
        self.address: tuple[str, int] = self._socket.getsockname()[:2]
        self._wake = Wake(self._socket)
        self._thread = threading.Thread(target=self._echo, daemon=True, name="netlab udp echo")
        self._thread.start()

    def close(self) -> None:
        self._wake.set()
        self._thread.join(2.0)
        self._socket.close()

    def _echo(self) -> None:
        clients: dict[Any, int] = {}
        while self._wake.wait():
            try:
                data, sender = self._socket.recvfrom(65536)
                peer = sender[:2]
                if len(clients) >= 10_000:  # a scan of ports must not fill the memory
                    clients.clear()
                number = clients.setdefault(peer, len(clients) + 1)
                self.journal.add(number, peer, "received", data)
                self.journal.add(number, peer, "sent", data)
                self._socket.sendto(data, sender)
            except OSError:  # nobody there any more, or no room for the reply: datagrams get lost
                continue
        self._wake.close()


KINDS: dict[str, Callable[[str | socket.socket], Running]] = {
    "tcp echo": TcpEcho,
    "udp echo": UdpEcho,
}


def commands() -> dict[str, Any]:
    """What the kernel may ask of this child."""
    servers: dict[int, Running] = {}

    def start(
        kind: str, host: str, server: int, descriptors: Sequence[int] = (), **options: Any
    ) -> dict[str, Any]:
        # a descriptor: a socket that is bound already, on a host of a network
        where = socket.socket(fileno=descriptors[0]) if descriptors else host
        servers[server] = _web(where, options) if kind == "web" else KINDS[kind](where)
        return {"address": servers[server].address}

    def log(server: int) -> dict[str, Any]:
        return servers[server].journal.wire()

    def close(server: int) -> dict[str, Any]:
        ended = servers.pop(server, None)  # None: a finalizer was here before
        if ended is None:
            return {"records": [], "dropped": 0}
        ended.close()
        return ended.journal.wire()

    def events(server: int) -> dict[str, Any]:
        web: Any = servers[server]
        return {"events": list(web.events)}

    return {"start": start, "log": log, "events": events, "close": close}


def _web(host: str | socket.socket, options: dict[str, Any]) -> Running:
    from netlab.servers.web_child import Web  # h11 is fetched by the first web server only

    return Web(host, **options)
