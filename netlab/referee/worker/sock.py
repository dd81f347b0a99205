"""What the answer holds instead of a socket: the same calls, each a question to the referee."""

from __future__ import annotations

import errno
import operator
import socket
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

ERRORS = {
    "ConnectionResetError": ConnectionResetError,
    "TimeoutError": TimeoutError,
    "BlockingIOError": BlockingIOError,
    "BrokenPipeError": BrokenPipeError,
    "ConnectionRefusedError": ConnectionRefusedError,
    "PermissionError": PermissionError,
    "OSError": OSError,
}
PEER = ("192.0.2.2", 7)


LINGER_NOT = (1).to_bytes(4, sys.byteorder) + bytes(4)  # struct linger: on, for no time


class Stop(BaseException):
    """This call would never end; the verdict is known, and the answer is unwound."""


class ScriptedSocket:
    """A connected TCP socket whose other end is played by the referee."""

    family, type, proto = socket.AF_INET, socket.SOCK_STREAM, 0

    makefile = socket.socket.makefile  # written in Python: it needs recv_into, send and _io_refs

    def __init__(
        self, ask: Callable[[dict[str, Any]], dict[str, Any]], number: int | None = 0
    ) -> None:
        self._ask_referee = ask
        self._number = number  # which of the referee's; None before connect
        self._addresses: tuple[Any, Any] = (("192.0.2.1", 50000), PEER)
        self._timeout: float | None = None
        self._io_refs = 0
        self._closed = False
        self._gone = False
        self._resets = False  # close() without a goodbye: SO_LINGER with no time

    def recv(self, bufsize: int, flags: int = 0, *, name: str = "recv") -> bytes:
        n = operator.index(bufsize)
        if n < 0:
            raise ValueError("negative buffersize in recv")
        question = {"do": "recv", "name": name, "n": n, "timeout": self._timeout}
        if flags & socket.MSG_PEEK:
            question["peek"] = True
        if flags & getattr(socket, "MSG_WAITALL", 0) and self._timeout is None:
            question["all"] = True
        data: str = self._ask(question)["data"]
        return data.encode("latin-1")

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        with memoryview(buffer).cast("B") as view:
            n = nbytes or len(view)
            if n > len(view):
                raise ValueError("buffer too small for requested bytes")
            by = (
                "makefile"
                if sys._getframe(1).f_code.co_filename == socket.__file__
                else "recv_into"
            )
            data = self.recv(n, flags, name=by)
            view[: len(data)] = data
        return len(data)

    def recvfrom(self, bufsize: int, flags: int = 0) -> tuple[bytes, None]:
        return self.recv(bufsize, flags, name="recvfrom"), None

    def send(self, data: Any, flags: int = 0) -> int:
        return self._send("send", data)

    def sendall(self, data: Any, flags: int = 0) -> None:
        self._send("sendall", data)

    def sendmsg(self, buffers: Any, *others: Any) -> int:
        return self._send("send", b"".join(buffers))

    def close(self) -> None:
        """As for a real socket: its files keep it open."""
        self._closed = True
        if self._io_refs <= 0 and not self._gone:
            self._ask({"do": "close", "reset": self._resets})
            self._gone = True

    def shutdown(self, how: int) -> None:
        self._ask({"do": "shutdown", "how": operator.index(how)})

    def settimeout(self, value: float | None) -> None:
        if value is not None and value < 0:
            raise ValueError("Timeout value out of range")
        self._timeout = value

    def gettimeout(self) -> float | None:
        return self._timeout

    def setblocking(self, flag: bool) -> None:
        self._timeout = None if flag else 0.0

    def setsockopt(self, level: int, option: int, *value: Any) -> None:
        """Accepted; but for SO_LINGER without effect on a scripted peer."""
        if (level, option) == (socket.SOL_SOCKET, getattr(socket, "SO_LINGER", None)):
            self._resets = bytes(value[0]) == LINGER_NOT

    def getsockname(self) -> tuple[str, int]:
        address: tuple[str, int] = self._addresses[0]
        return address

    def getpeername(self) -> tuple[str, int]:
        address: tuple[str, int] = self._addresses[1]
        return address

    def fileno(self) -> int:
        """A number for selectors, and for nothing else; -1 when it is closed, as ever."""
        if self._number is None and not self._gone:
            raise OSError("this socket is played by the referee, and is not connected yet")
        return -1 if self._gone else 1000 + (self._number or 0)

    def __enter__(self) -> ScriptedSocket:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return "<the scripted socket>"

    def _decref_socketios(self) -> None:
        self._io_refs -= 1
        if self._closed:
            self.close()

    def _send(self, name: str, data: Any) -> int:
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        text = bytes(memoryview(data)).decode("latin-1")
        count: int = self._ask(
            {"do": "send", "name": name, "data": text, "timeout": self._timeout}
        )["count"]
        return count

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        if self._gone:
            raise OSError(9, "Bad file descriptor")
        reply = self._ask_referee({**question, "sock": self._number})
        if "stop" in reply:
            raise Stop(reply["stop"])
        if "error" in reply:
            raise ERRORS[reply["error"]](*reply.get("number", []), reply["text"])
        return reply


class ScriptedDatagrams(ScriptedSocket):
    """A UDP socket that is connected to the referee's peer."""

    type = socket.SOCK_DGRAM

    def recvfrom(self, bufsize: int, flags: int = 0) -> tuple[bytes, tuple[str, int]]:  # type: ignore[override]
        return self.recv(bufsize, flags, name="recvfrom"), PEER

    def sendto(self, data: Any, *arguments: Any) -> int:
        """To the peer, and to nobody else."""
        if arguments and arguments[-1] != PEER:
            raise PermissionError(errno.EPERM, f"the check plays {PEER} only; use send")
        return self._send("sendto", data)

    def connect(self, address: Any) -> None:
        if address != PEER:
            raise PermissionError(errno.EPERM, "this socket is connected already")
