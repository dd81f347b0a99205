"""The scripted peer: it answers every call of the learner's socket, and keeps the log."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from netlab.referee.scenario import BROKEN, END, RESET, Address, Reaction, Scenario

PATIENCE = 50  # calls in a row that bring nothing, before we say that it will never end
CALLS = 5000  # in one scenario; reading a thousand bytes one by one is honest work
READERS = ("recv", "recv_into", "recvfrom", "makefile")


class Nonsense(Exception):
    """The worker asked something that no socket is asked: somebody writes on its channel."""


@dataclass
class Event:
    """One call as the learner wrote it, and what came of it: bytes, or a note, or both."""

    call: str
    data: bytes | None = None
    note: str = ""
    sent: bool = False  # the bytes went to the peer
    whole: bool = False  # a datagram, which keeps its edges
    row: int = 0  # this many calls alike, each of which brought one byte
    waited: str = ""  # how long it took, where the scenario has a clock


@dataclass
class Peer:
    """The other end of one socket. `over` says why a call can never end: "blocked" or "spins".

    It follows the scenario's script or, if there is one, its reaction to what it receives.
    """

    scenario: Scenario
    log: list[Event] = field(default_factory=list)
    received: bytearray = field(default_factory=bytearray)
    over: str = ""
    reaction: Reaction | None = None
    address: Address = ("192.0.2.2", 7)
    ended: bool = False  # the answer's side: no more will come from it
    closed: bool = False
    patience: float = 0.0  # seconds: the longest timeout that silence has cost the answer
    heard: list[tuple[float, bytes]] = field(default_factory=list)  # datagrams, and when they came

    def __post_init__(self) -> None:
        self._script = [] if self.reaction else list(self.scenario.sends)
        self._accepts = list(self.scenario.accepts)
        self._idle = 0
        self._reacted = 0  # how many parts of its reaction are in the script already

    @property
    def reacted(self) -> int:
        """How many parts its reaction has had so far."""
        return self._reacted

    @property
    def left(self) -> bytes:
        """What was sent and not received."""
        return b"".join(piece for piece in self._script if isinstance(piece, bytes))

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """What comes of one call; a question after the end is told to stop, whatever it was."""
        if self.over:
            return {"stop": self.over}
        do = question.get("do")
        if do == "recv":
            return self._recv(question)
        if do == "send":
            return self._send(question)
        if do in ("close", "shutdown"):
            return self._end(do, question.get("how"))
        raise Nonsense(repr(do))

    def _end(self, do: str, how: Any) -> dict[str, Any]:
        """close() ends both directions, shutdown(SHUT_WR) one; SHUT_RD is 0, and says nothing."""
        known = {0: "SHUT_RD", 1: "SHUT_WR", 2: "SHUT_RDWR"}
        call = f"shutdown({known.get(how, '')})" if do == "shutdown" else "close()"
        self.closed |= do == "close"
        if how in (0, 2):
            self._script, self.reaction = [END], None
        if how == 0:
            self.log.append(Event(call))
            return {}
        self.ended = True
        self.log.append(Event(call, note="the peer sees the end of your stream", sent=True))
        self._react()
        return {}

    def _react(self) -> None:
        if self.reaction is not None:
            script = self.reaction(bytes(self.received), self.ended)
            self._script += script[self._reacted :]
            self._reacted = len(script)

    def _recv(self, question: dict[str, Any]) -> dict[str, Any]:
        n, name = question.get("n"), question.get("name")
        if type(n) is not int or n < 0 or name not in READERS:
            raise Nonsense("recv")
        event = Event("makefile's recv" if name == "makefile" else f"{name}({n})")
        self.log.append(event)
        if n == 0:
            event.data = b""
            return {"data": ""}
        data = self._take(n, bool(question.get("all")), bool(question.get("peek")))
        if data:
            self._idle = 0
            event.data = data
            return {"data": data.decode("latin-1")}
        self._idle += 1
        if self._idle > PATIENCE or len(self.log) > CALLS:
            return self._never(event, "spins", "and so on, for ever")
        if not self._script:
            return self._nothing(event, question.get("timeout"))
        if self._script[0] in (RESET, BROKEN):
            event.note = "ConnectionResetError"
            return {"error": "ConnectionResetError", "text": "Connection reset by peer"}
        event.data, event.note = b"", "end of stream"
        return {"data": ""}

    def _take(self, n: int, everything: bool, peek: bool) -> bytes:
        """At most n bytes: of one piece, or with MSG_WAITALL of as many as there are."""
        script = list(self._script) if peek else self._script
        taken = b""
        while script and isinstance(script[0], bytes) and len(taken) < n:
            piece, want = script[0], n - len(taken)
            taken += piece[:want]
            if len(piece) > want:
                script[0] = piece[want:]
            else:
                script.pop(0)
            if not everything:
                break
        return taken

    def _nothing(self, event: Event, timeout: Any) -> dict[str, Any]:
        if timeout is None:
            return self._never(event, "blocked", "nothing comes any more: it waits for ever")
        if type(timeout) in (int, float):
            self.patience = max(self.patience, timeout)
        error = "TimeoutError" if timeout else "BlockingIOError"
        event.note = error
        return {"error": error, "text": "timed out" if timeout else "nothing to receive now"}

    def _never(self, event: Event, why: str, note: str) -> dict[str, Any]:
        self.over, event.note = why, note
        return {"stop": why}

    def _send(self, question: dict[str, Any]) -> dict[str, Any]:
        text, name = question.get("data"), question.get("name")
        if not isinstance(text, str) or name not in ("send", "sendall"):
            raise Nonsense("send")
        try:
            data = text.encode("latin-1")
        except UnicodeEncodeError:
            raise Nonsense("send") from None
        if len(self.log) > CALLS:
            return self._never(Event(f"{name}()"), "spins", "and so on, for ever")
        if self.ended or self._script[:1] == [BROKEN]:
            self.log.append(Event(name, note="BrokenPipeError", sent=True))
            return {"error": "BrokenPipeError", "text": "Broken pipe"}
        taken = data
        if name == "send" and self._accepts:
            taken = data[: self._accepts.pop(0)]
        self.received += taken
        self._react()
        note = "" if taken == data else f"took {len(taken)} of {len(data)} bytes"
        self.log.append(Event(name, taken, note, sent=True))
        if len(self.received) > 10_000_000:
            return self._never(self.log[-1], "spins", "and so on, for ever")
        return {"count": len(taken)}
