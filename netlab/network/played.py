"""PlayedSocket: a recorded connection with the methods of a socket."""

from __future__ import annotations

import io
import socket
from typing import Any

from netlab.background.closing import Closing
from netlab.network.notes import data as bytes_of
from netlab.network.notes import raise_error, text
from netlab.network.player import LIVE_WHERE, Player, RecordingError, wait

Event = list[Any]


class PlayedSocket(Closing):
    """Plays what was noted of one socket: what it sends is compared, what came is received again.

    A stream may be read in other portions than it was; what is sent must be the same, write by
    write. Sockets made by the same call (six threads that connect at once) may come in another
    order than when they were recorded: what one sends then says which of them it is.
    """

    def __init__(
        self, player: Player, number: int, alike: list[int], pool: list[PlayedSocket]
    ) -> None:
        self._player, self._alike, self._pool = player, alike, pool
        self._number, self._at = number, 0
        self._rest = b""  # of the last portion that came
        self._closed = False
        self.timeout: float | None = None
        self.type, self.proto = socket.SOCK_STREAM, 0
        pool.append(self)

    # -- what a program does with it ----------------------------------------------------------

    def connect(self, address: Any) -> None:
        self._expect("connect", list(address))

    def bind(self, address: Any) -> None:
        self._expect("bind", list(address))

    def listen(self, backlog: int = 128) -> None:
        self._open()

    def accept(self) -> tuple[PlayedSocket, Any]:
        number = self._expect("accept", None)[1]
        conn = PlayedSocket(self._player, number, [number], [])
        return conn, conn.getpeername()

    def send(self, data: Any, flags: int = 0) -> int:
        return int(self._expect("send", text(data))[3])

    def sendall(self, data: Any, flags: int = 0) -> None:
        self._expect("send", text(data))

    def sendto(self, data: Any, *rest: Any) -> int:
        self._expect("sendto", [text(data), list(rest[-1])])
        return len(data)

    def recv(self, size: int, flags: int = 0) -> bytes:
        self._open()
        if not self._rest:
            self._rest = bytes_of(self._take("recv")[1])
        portion = self._rest[:size]
        if not flags & socket.MSG_PEEK:
            self._rest = self._rest[size:]
        return portion

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        view = memoryview(buffer).cast("B")
        portion = self.recv(nbytes or len(view), flags)
        view[: len(portion)] = portion
        return len(portion)

    def recvfrom(self, size: int, flags: int = 0) -> tuple[bytes, Any]:
        data, peer = self._take("recvfrom")[1]
        return bytes_of(data)[:size], tuple(peer)

    def shutdown(self, how: int) -> None:
        self._expect("shutdown", int(how))

    def getsockopt(self, *arguments: Any) -> Any:
        value = self._expect("getsockopt", [int(a) for a in arguments])[3]
        return bytes_of(value) if isinstance(value, str) else value

    def setsockopt(self, *arguments: Any) -> None:
        self._open()

    def settimeout(self, seconds: float | None) -> None:
        self.timeout = seconds

    def gettimeout(self) -> float | None:
        return self.timeout

    def setblocking(self, flag: bool) -> None:
        self.timeout = None if flag else 0.0

    def getsockname(self) -> Any:
        return _name(self._script["local"])

    def getpeername(self) -> Any:
        if self._script["peer"] is None:
            raise OSError(107, "Transport endpoint is not connected")
        return _name(self._script["peer"])

    def makefile(self, mode: str = "r", buffering: int | None = None, **options: Any) -> Any:
        """A file that reads from it, as http.client wants one."""
        if set(mode) - set("rb"):
            raise RecordingError(f"a recorded socket can be read as a file, not {mode!r}")
        reader = io.BufferedReader(_Reader(self))
        return reader if "b" in mode else io.TextIOWrapper(reader, **options)

    def fileno(self) -> int:
        raise RecordingError(
            "a recorded socket has no descriptor, so select and asyncio cannot watch it. "
            + LIVE_WHERE
        )

    def close(self) -> None:
        self._closed = True

    def __repr__(self) -> str:
        return f"<recorded socket, {'closed' if self._closed else 'open'}>"

    # -- how it finds its place -----------------------------------------------------------------

    @property
    def _script(self) -> dict[str, Any]:
        return self._player.script(self._number)

    def _next(self) -> Event | None:
        events = self._script["events"]
        return events[self._at] if self._at < len(events) else None

    def _open(self) -> None:
        if self._closed:
            raise OSError(9, "Bad file descriptor")

    def _expect(self, kind: str, value: Any) -> Event:
        """The next event, if it is `kind` with this value or an error of it."""
        with self._player.guard:
            if not _fits(self._next(), kind, value):
                self._become_another(kind, value)
        return self._take(kind, value)

    def _take(self, kind: str, value: Any = None) -> Event:
        self._open()
        event = self._next()
        if not _fits(event, kind, value):
            raise RecordingError(_surprise(event, kind))
        assert event is not None
        self._at += 1
        self._player.events += 1
        wait(event[2])
        if event[0] == "error":
            raise_error(event[3])
        return event

    def _become_another(self, kind: str, value: Any) -> None:
        """Play that recorded socket which did the same so far and then this."""
        past = self._done(self._number)
        held = {other._number: other for other in self._pool if other is not self}
        for number in self._alike:
            events = self._player.script(number)["events"]
            same = self._done(number) == past and len(events) > self._at
            if not same or not _fits(events[self._at], kind, value):
                continue
            other = held.get(number)
            if other is None or other._at <= self._at:
                if other is not None:
                    other._number = self._number
                self._number = number
                return

    def _done(self, number: int) -> list[Any]:
        """What happened on a recorded socket until here, times apart."""
        return [event[:2] for event in self._player.script(number)["events"][: self._at]]


class _Reader(io.RawIOBase):
    def __init__(self, sock: PlayedSocket) -> None:
        self._sock = sock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._sock.recv_into(buffer)


def _fits(event: Event | None, kind: str, value: Any) -> bool:
    if event is None:
        return False
    if event[0] == "error":
        return bool(event[1] == kind)
    return bool(event[0] == kind) and (value is None or event[1] == value)


def _surprise(event: Event | None, kind: str) -> str:
    if event is not None and event[0] == kind == "send":
        sent = bytes_of(event[1])
        shown = f"{sent[:60]!r}{'...' * (len(sent) > 60)}"
        return (
            f"a recording can send nothing new: expected the bytes of then, {shown}. {LIVE_WHERE}"
        )
    then = "nothing more was done with this socket"
    if event is not None:
        then = f"{event[1] if event[0] == 'error' else event[0]} came next"
    return (
        f"{kind} was not recorded here: then, {then}. Run the cells in order, and run the one that "
        f"makes the connection again. {LIVE_WHERE}"
    )


def _name(name: Any) -> Any:
    return tuple(name) if isinstance(name, list) else name
