"""Recording: what a live network was asked and what it answered, as one JSON file."""

from __future__ import annotations

import contextlib
import json
import platform
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from netlab.background import cells
from netlab.background.tape import Tape
from netlab.network.notes import FORMAT, digest, pack, text, wire_error

Socket = socket.socket  # a name that the methods called socket do not hide
Event = list[Any]  # [kind, value, seconds it took, ...]


class Recorder(Tape):
    """Passes every call on to the live network and notes it; `save` writes the file."""

    def __init__(self, path: Path, plan: dict[str, Any]) -> None:
        self._path = path
        self._calls: list[dict[str, Any]] = []
        self._sockets: list[dict[str, Any]] = []
        self._states: list[Any] = []
        self._plan = plan
        self._guard = threading.Lock()
        self.events = 0  # of all sockets so far

    def enter(self, state: Any) -> None:
        """The conditions have changed to `state`; the calls that follow are made under them."""
        if state not in self._states:
            self._states.append(state)
        self._state = self._states.index(state)

    def call(self, who: str, what: str, arguments: list[Any], live: Callable[[], Any]) -> Any:
        entry = self._begin(who, what, arguments)
        with _timed(entry):
            result = live()
        entry["result"] = pack(result)
        return result

    def socket(
        self, who: str, what: str, arguments: list[Any], live: Callable[[], Socket]
    ) -> Socket:
        entry = self._begin(who, what, arguments)
        with _timed(entry):
            sock = live()
        recorded, entry["socket"] = self.adopt(sock)
        return recorded

    def adopt(self, sock: Socket) -> tuple[RecordedSocket, int]:
        """A socket that notes what is done with it, and the number of its notes."""
        events: list[Event] = []
        ends = {"local": _name(sock.getsockname), "peer": _name(sock.getpeername)}
        with self._guard:
            number = len(self._sockets)
            self._sockets.append({**ends, "events": events})
        return RecordedSocket(sock, self, self._sockets[number]), number

    def close(self) -> None:
        """Write the recording; the folder is made if it is missing."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._guard:
            head = {
                "format": FORMAT,
                "system": f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
                "python": ".".join(platform.python_version_tuple()[:2]),
                "recorded": time.strftime("%Y-%m-%d"),
                "plan": self._plan,
            }
            lines = [f" {json.dumps(name)}: {json.dumps(value)}" for name, value in head.items()]
            for name, rows in (
                ("states", self._states),
                ("calls", self._calls),
                ("sockets", self._sockets),
            ):  # one row a line: a new recording's diff can be read
                listed = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in rows)
                lines.append(f" {json.dumps(name)}: [\n  {listed}\n ]")
            text = "{\n" + ",\n".join(lines) + "\n}\n"
        self._path.write_text(text, encoding="utf-8", newline="\n")

    def _begin(self, who: str, what: str, arguments: list[Any]) -> dict[str, Any]:
        entry = {
            "cell": cells.running_source()[0],
            "state": self._state,
            "who": who,
            "what": what,
            "arguments": digest(arguments),
            "events": self.events,
        }
        with self._guard:
            self._calls.append(entry)
        return entry


class RecordedSocket(socket.socket):
    """An ordinary socket that notes what it sends, receives and is refused."""

    def __init__(self, sock: Socket, recorder: Recorder, script: dict[str, Any]) -> None:
        timeout = sock.gettimeout()
        super().__init__(sock.family, sock.type, sock.proto, fileno=sock.detach())
        self.settimeout(timeout)
        self._recorder, self._script = recorder, script
        self._events: list[Event] = script["events"]

    def connect(self, address: Any) -> None:
        with self._noting("connect", list(address)):
            super().connect(address)
        self._script |= {"local": _name(self.getsockname), "peer": _name(self.getpeername)}

    def bind(self, address: Any) -> None:
        with self._noting("bind", list(address)):
            super().bind(address)
        self._script["local"] = _name(self.getsockname)

    def accept(self) -> tuple[Socket, Any]:
        with self._noting("accept", None) as event:
            conn, peer = super().accept()
        recorded, event[1] = self._recorder.adopt(conn)
        return recorded, peer

    def send(self, data: Any, flags: int = 0) -> int:
        with self._noting("send", text(data)) as event:
            size = super().send(data, flags)
            event.append(size)
        return size

    def sendall(self, data: Any, flags: int = 0) -> None:
        with self._noting("send", text(data)) as event:
            super().sendall(data, flags)
            event.append(len(data))

    def sendto(self, data: Any, *rest: Any) -> int:
        with self._noting("sendto", [text(data), list(rest[-1])]):
            return super().sendto(data, *rest)

    def recv(self, size: int, flags: int = 0) -> bytes:
        with self._noting("recv", "", unless=flags & socket.MSG_PEEK) as event:
            data = super().recv(size, flags)
            event[1] = text(data)
        return data

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        with self._noting("recv", "", unless=flags & socket.MSG_PEEK) as event:
            size = super().recv_into(buffer, nbytes, flags)
            event[1] = text(memoryview(buffer).cast("B")[:size])
        return size

    def recvfrom(self, size: int, flags: int = 0) -> tuple[bytes, Any]:
        with self._noting("recvfrom", None) as event:
            data, peer = super().recvfrom(size, flags)
            event[1] = [text(data), list(peer)]
        return data, peer

    def shutdown(self, how: int) -> None:
        with self._noting("shutdown", int(how)):
            super().shutdown(how)

    def getsockopt(self, *arguments: Any) -> Any:
        with self._noting("getsockopt", [int(a) for a in arguments]) as event:
            value = super().getsockopt(*arguments)
            event.append(text(value) if isinstance(value, bytes) else value)
        return value

    @contextlib.contextmanager
    def _noting(self, kind: str, value: Any, unless: int = 0) -> Any:
        event = [kind, value, 0.0]
        began = time.perf_counter()
        if not unless:
            self._recorder.events += 1
            self._events.append(event)  # at its start: another thread may use the socket meanwhile
        try:
            yield event
        except OSError as error:
            event[:] = ["error", kind, 0.0, wire_error(error)]
            raise
        finally:
            event[2] = round(time.perf_counter() - began, 6)


@contextlib.contextmanager
def _timed(entry: dict[str, Any]) -> Any:
    began = time.perf_counter()
    try:
        yield
    except OSError as error:
        entry["error"] = wire_error(error)
        raise
    finally:
        entry["took"] = round(time.perf_counter() - began, 6)


def _name(ask: Callable[[], Any]) -> Any:
    """The name of a socket's end, or None where it has none."""
    try:
        name = ask()
        return list(name) if isinstance(name, tuple) else name
    except OSError:
        return None
