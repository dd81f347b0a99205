"""Two ends of one connection, a call at a time: real ones on loopback (Linux), or recorded ones."""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

View = dict[str, Any]  # what is known after the calls so far; see Live.view
SIZE = 1500  # bytes of a send
BUFFER = 4096  # bytes of a socket's buffers, as asked; the kernel rounds up
ENDS = ("client", "server")
OPENING = ("listen", "connect", "accept")
OF_ENDS = tuple(f"{end}: {name}" for end in ENDS for name in ("send", "recv", "shutdown", "close"))
CALLS = (*OPENING, *OF_ENDS)
TOURS = Path(__file__).parent / "tcp_tours.json"


class Ends(Protocol):
    """What the explorer needs of its two ends."""

    vehicle: str

    def possible(self) -> list[str]:
        """The calls that can be made now."""

    def do(self, call: str) -> View:
        """Make a call, and look."""

    def close(self) -> None:
        """Close what is open."""


def nothing() -> View:
    """Before the first call."""
    return {"said": "Nothing has been called yet.", "client": {}, "server": {}, "listens": False}


class Live:
    """Sockets of this machine. Every call returns at once: what would wait says so instead."""

    vehicle = "loopback: two sockets of this machine, as its kernel sees them"

    def __init__(self) -> None:
        self._listener: socket.socket | None = None
        self._ends: dict[str, socket.socket] = {}
        self._ports = (0, 0)  # the client's and the server's
        self._closed: set[str] = set()
        self._never = threading.Event()

    def possible(self) -> list[str]:
        if self._listener is None:
            return ["listen"]
        calls = ["connect"] if not self._ports[0] else []
        calls += ["accept"] if self._ports[0] and "server" not in self._ends else []
        for end in self._ends:
            if end not in self._closed:
                calls += [call for call in CALLS if call.startswith(end)]
        return calls

    def do(self, call: str) -> View:
        end, _, name = call.rpartition(": ")
        try:
            came = self._end_call(end, name) if end else self._opening(name)
        except BlockingIOError:
            came = "it would have to wait"
        except OSError as error:
            came = type(error).__name__
        return {"said": f"{call}: {came}.", **self.view()}

    def view(self) -> View:
        """States and queues of both ends, once they no longer change."""
        before: View = {}
        for _ in range(20):
            now = self._look()
            if now == before:
                break
            before = now
            self._never.wait(0.05)  # a delayed ACK takes 40 ms
        return before

    def close(self) -> None:
        for sock in [*self._ends.values(), *([self._listener] if self._listener else [])]:
            sock.close()
        self._ends, self._listener = {}, None

    def _opening(self, name: str) -> str:
        if name == "listen":
            self._listener = _small(socket.socket())
            self._listener.bind(("127.0.0.1", 0))
            self._listener.listen(1)
            return "no packet is sent"
        assert self._listener is not None
        if name == "connect":
            sock = self._ends["client"] = _small(socket.socket())
            sock.settimeout(2)
            sock.connect(self._listener.getsockname())
            self._ports = sock.getsockname()[1], self._listener.getsockname()[1]
        else:
            self._listener.settimeout(2)
            sock, _ = self._listener.accept()
            self._ends["server"] = sock
        sock.setblocking(False)
        return "the kernels have shaken hands" if name == "connect" else "a program holds it now"

    def _end_call(self, end: str, name: str) -> str:
        sock = self._ends[end]
        if name == "send":
            return f"{sock.send(bytes(SIZE))} of {SIZE} bytes were taken"
        if name == "recv":
            data = sock.recv(SIZE)
            return f"{len(data)} bytes" if data else 'b"", the end of the stream'
        if name == "shutdown":
            sock.shutdown(socket.SHUT_WR)
            return "its own direction has ended"
        sock.close()
        self._closed.add(end)
        return "the socket is given back"

    def _look(self) -> View:
        from netlab.network.diag import tcp_sockets
        from netlab.network.sockets import row_of

        found: View = {"client": {}, "server": {}, "listens": self._listener is not None}
        ports = {"client": self._ports, "server": self._ports[::-1]}
        for noted in tcp_sockets() if self._ports[0] else []:
            for end in ENDS:
                if (noted["local"][1], noted["peer"][1]) == ports[end]:
                    row = row_of(end, noted)
                    found[end] = {
                        "state": row.state,
                        "unread": row.unread,
                        "unacknowledged": row.unacknowledged,
                        "end_unread": row.end_unread,
                        "held": row.held,
                    }
        return found


class Recorded:
    """Plays tours that were recorded on Linux: possible is what one of them goes on with."""

    def __init__(self, tours: Path = TOURS) -> None:
        recorded = json.loads(tours.read_text("utf-8"))
        self.vehicle = f"recorded on {recorded['system']}, loopback"
        self._tours: list[list[list[Any]]] = recorded["tours"]
        self._done: list[str] = []

    def possible(self) -> list[str]:
        return list(dict.fromkeys(call for call, _ in self._next()))

    def do(self, call: str) -> View:
        view: View = next(view for name, view in self._next() if name == call)
        self._done.append(call)
        return view

    def close(self) -> None:
        """Nothing is open."""

    def _next(self) -> list[list[Any]]:
        at = len(self._done)
        return [
            tour[at]
            for tour in self._tours
            if len(tour) > at and [call for call, _ in tour[:at]] == self._done
        ]


def two_ends() -> Ends:
    """Live ones where the kernel tells of its sockets, else recorded ones."""
    return Live() if sys.platform == "linux" and _kernel_tells() else Recorded()


def record(tours: list[list[str]], live: Callable[[], Ends] = Live) -> list[list[list[Any]]]:
    """What comes of each tour here and now, call by call."""
    found = []
    for tour in tours:
        ends = live()
        found.append([[call, ends.do(call)] for call in tour])
        ends.close()
    return found


def _kernel_tells() -> bool:
    from netlab.network.diag import tcp_sockets

    try:
        tcp_sockets()
    except OSError:
        return False
    return True


def _small(sock: socket.socket) -> socket.socket:
    for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
        sock.setsockopt(socket.SOL_SOCKET, option, BUFFER)
    return sock
