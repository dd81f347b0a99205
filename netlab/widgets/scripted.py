"""A reader against scripted pieces: what each recv finds, what comes back, and is it right?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import FrameType
from typing import Any

Reader = Callable[[Any], Any]
RIGHT = "right"
LINES = 20_000  # lines of Python that one call may run before we say that it never ends


class WouldWait(BaseException):
    """Nothing more will come. No Exception, so that no reader catches it."""


class NeverEnds(BaseException):
    """The call has run too many lines. No Exception, so that no reader catches it."""


class ScriptedSocket:
    """A socket in memory: each recv finds one piece; after the last the connection stays open."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = [piece for piece in pieces if piece]
        self.at = 0  # bytes of the stream that were taken so far
        self.found: list[int] = []  # bytes that each recv found

    def recv(self, size: int, flags: int = 0) -> bytes:
        """At most `size` bytes of the next piece. Raises WouldWait when there is none."""
        if size < 0:
            raise ValueError("negative buffersize in recv")
        if size == 0:
            return b""
        if not self._pieces:
            raise WouldWait
        piece = self._pieces.pop(0)
        if piece[size:]:
            self._pieces.insert(0, piece[size:])
        self.at += len(piece[:size])
        self.found.append(len(piece[:size]))
        return piece[:size]

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"the explorer's socket has recv alone; the reader asked for {name}")


@dataclass(frozen=True)
class Call:
    """One call of a reader. end: "returns", "waits", "raises" or "never ends"; found: bytes that
    each recv found; start, stop: what it took of the stream."""

    end: str
    value: Any
    found: tuple[int, ...]
    start: int
    stop: int


@dataclass(frozen=True)
class Verdict:
    """right, or where and why not: `kind` in a word or two, `why` in a sentence."""

    right: bool
    kind: str
    why: str
    lost: range = range(0)  # bytes of the stream that a call took, and that were then missing


def pieces_of(stream: bytes, cuts: Sequence[int], largest: int) -> list[bytes]:
    """The stream cut after each of `cuts` bytes, and then into pieces of `largest` at most."""
    ends = sorted({0, len(stream), *(c for c in cuts if 0 < c < len(stream))})
    return [
        stream[at : min(at + largest, b)] for a, b in pairwise(ends) for at in range(a, b, largest)
    ]


def play(reader: Reader, pieces: Sequence[bytes], calls: int) -> list[Call]:
    """Call the reader `calls` times on one stream; a call that gives nothing back is the last."""
    sock, done = ScriptedSocket(pieces), list[Call]()
    read: Callable[[], Any] | None = None
    for _ in range(calls):
        start, before = sock.at, len(sock.found)
        end, value = "returns", None
        try:
            with _limit(LINES):
                read = read or _bound(reader, sock)
                value = read()
        except WouldWait:
            end = "waits"
        except NeverEnds:
            end = "never ends"
        except Exception as error:
            end, value = "raises", f"{_name(type(error))}: {error}"
        done.append(Call(end, value, tuple(sock.found[before:]), start, sock.at))
        if end != "returns":
            break
    return done


def judge(reader: Reader, messages: Sequence[bytes], calls: Sequence[Call]) -> Verdict:
    """Right is what the reader returns when each message comes alone and in one piece."""
    said, reach = "", 0
    for number, (message, call) in enumerate(zip(messages, calls, strict=False), 1):
        alone = play(reader, [message], 1)[0]
        wanted = alone.value if alone.end == "returns" else message
        missing = range(reach, max(call.start, reach))  # an earlier call took these bytes
        reach += len(message)
        kind, what = _outcome(call, wanted)
        said += f"{f'Call {number}' if len(messages) > 1 else 'It'} {what}. "
        if kind == RIGHT:
            continue
        if missing:
            said += f"Call {number - 1} had taken {_bytes(len(missing))} of this message. "
            kind = "thrown away"
        elif alone.end != "returns":
            said += "So it does with no cut at all. "
        return Verdict(False, kind, said.rstrip(), missing)
    return Verdict(True, RIGHT, said.rstrip())


def _outcome(call: Call, wanted: Any) -> tuple[str, str]:
    """What one call came to, in two words and in part of a sentence."""
    if call.end == "waits":
        return "waits for ever", f"would wait for ever: all {_bytes(call.stop)} have come"
    if call.end == "never ends":
        return "never ends", "would run for ever"
    if call.end == "raises":
        return "error", f"raised {call.value}"
    came = call.value
    if came == wanted:
        return RIGHT, f"returned {came!r}"
    if isinstance(came, bytes) and isinstance(wanted, bytes):
        if wanted.startswith(came) or wanted.endswith(came):
            return "too little", f"returned {came!r}, {len(came)} of {_bytes(len(wanted))}"
        if came.startswith(wanted):
            more = _bytes(len(came) - len(wanted))
            return "too much", f"returned {came!r}, {more} too many"
    return "something else", f"returned {came!r} in place of {wanted!r}"


def _bound(reader: Reader, sock: ScriptedSocket) -> Callable[[], Any]:
    """A function is called with the socket; of a class, an object is made and its readline()."""
    if isinstance(reader, type):
        made: Any = reader(sock)
        read: Callable[[], Any] = made.readline
        return read
    return lambda: reader(sock)


class _limit:
    """Within: raise NeverEnds after so many lines, so that no reader can hang the notebook."""

    def __init__(self, lines: int) -> None:
        self._left = lines

    def __enter__(self) -> None:
        self._before = sys.gettrace()
        sys.settrace(self._count)

    def __exit__(self, *_: object) -> None:
        sys.settrace(self._before)

    def _count(self, frame: FrameType, event: str, _: object) -> Any:
        self._left -= 1
        if self._left < 0:
            raise NeverEnds
        return self._count


def _name(kind: type[BaseException]) -> str:
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _bytes(count: int) -> str:
    return f"{count} byte{'s' * (count != 1)}"
