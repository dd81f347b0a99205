"""The scripted peer for datagrams: what it answers to each one, and when; the clock is ours."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import Any

from netlab.referee.clock import Clock
from netlab.referee.peer import CALLS, READERS, Event, Nonsense, Peer
from netlab.referee.scenario import REFUSED, Answers, Mark

LONGEST = 86_400.0  # seconds: nobody waits for a day
SENT = 500  # datagrams in one scenario, before we say that it will never end


@dataclass
class DatagramPeer(Peer):
    """The other end of a connected UDP socket, and the path to it.

    What comes is handed over whole or, by a recv for less, cut: the rest is lost.
    """

    answers: Answers = lambda number, data: ()
    clock: Clock = field(default_factory=lambda: Clock(None))

    def __post_init__(self) -> None:
        super().__post_init__()
        self._coming: list[tuple[float, int, bytes | Mark]] = []
        self._order = 0

    @property
    def left(self) -> bytes:
        """Nothing is missed by whoever does not receive it: datagrams may be lost anyway."""
        return b""

    def _send(self, question: dict[str, Any]) -> dict[str, Any]:
        text, name = question.get("data"), question.get("name")
        if not isinstance(text, str) or name not in ("send", "sendall", "sendto"):
            raise Nonsense("send")
        try:
            data = text.encode("latin-1")
        except UnicodeEncodeError:
            raise Nonsense("send") from None
        event = Event(name, data, f"at {self.clock.now:.3f} s", sent=True)
        self.log.append(event)
        if len(data) > 65_507:
            event.data, event.note = None, "OSError"
            return {"error": "OSError", "number": [90], "text": "Message too long"}
        self.heard.append((round(self.clock.now, 3), data))
        if len(self.heard) > SENT:
            return self._never(event, "spins", "and so on, for ever")
        for delay, answer in self.answers(len(self.heard), data):
            self._order += 1
            heapq.heappush(self._coming, (self.clock.now + delay, self._order, answer))
        return {"count": len(data)}

    def _recv(self, question: dict[str, Any]) -> dict[str, Any]:
        n, name, timeout = question.get("n"), question.get("name"), question.get("timeout")
        if type(n) is not int or n < 0 or name not in READERS:
            raise Nonsense("recv")
        event = Event(f"{name}({n})", whole=True)
        self.log.append(event)
        self._idle += 1
        if self._idle > CALLS or self.clock.now > LONGEST:
            return self._never(event, "spins", "and so on, for ever")
        if not self._coming and timeout is None:
            return self._never(event, "blocked", "nothing comes any more: it waits for ever")
        began, due = self.clock.now, self._coming[0][0] if self._coming else float("inf")
        patience = float("inf") if timeout is None else float(timeout)
        in_time = due <= began + patience
        self.clock.now = max(began, due) if in_time else began + patience
        if self.clock.now > began:
            event.waited = f"after {self.clock.now - began:.3f} s"
        if not in_time:
            event.note = "TimeoutError" if timeout else "BlockingIOError"
            return {"error": event.note, "text": "timed out" if timeout else "nothing now"}
        return self._hand_over(event, n, bool(question.get("peek")))

    def _hand_over(self, event: Event, n: int, peek: bool) -> dict[str, Any]:
        answer = self._coming[0][2] if peek else heapq.heappop(self._coming)[2]
        if answer is REFUSED:
            event.note = "ConnectionRefusedError"
            return {"error": event.note, "number": [111], "text": "Connection refused"}
        assert isinstance(answer, bytes)
        event.data = answer[:n]
        if not answer:
            event.note = "a datagram of no bytes"
        if len(answer) > n:
            event.note = f"cut: {len(answer) - n} of {len(answer)} bytes are lost"
        return {"data": event.data.decode("latin-1")}
