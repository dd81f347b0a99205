"""A peer with finite buffers: a server that cannot read on before its answer has found room."""

from __future__ import annotations

from typing import Any

from netlab.referee.peer import CALLS, Event, Nonsense, Peer
from netlab.referee.scenario import END, Buffers

FULL = "the buffers are full, and the server waits for you to read: it waits for ever"


class Buffered(Peer):
    """It reads up to `reads` bytes, sends its answer to them, and only then reads again.

    Between the two programs are four buffers of `size` bytes, two in each direction.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        assert isinstance(self.scenario.buffers, Buffers)
        self._rules = self.scenario.buffers
        self._read = 0  # bytes of `received` that the server has taken
        self._owed = b""  # of its answer, what found no room yet
        self._answered = 0

    def _work(self) -> None:
        """The server goes on until it must wait."""
        rules = self._rules
        while END not in self._script:
            room = 2 * rules.size - len(self.left)
            ready, self._owed = self._owed[:room], self._owed[room:]
            if ready:
                self._script.append(ready)
                self._answered += len(ready)
            if rules.stops is not None and self._answered >= rules.stops:
                self._script.append(END)
            waits = self._owed or self._read == len(self.received)
            if waits and self.ended and not self._owed:
                self._script.append(END)
            if waits:
                return
            taken = bytes(self.received[self._read : self._read + rules.reads])
            self._read += len(taken)
            self._owed = rules.answer(taken)
            if rules.stops is not None:
                self._owed = self._owed[: max(rules.stops - self._answered, 0)]

    def _react(self) -> None:
        self._work()

    def _recv(self, question: dict[str, Any]) -> dict[str, Any]:
        reply = super()._recv(question)
        self._work()
        return reply

    def _send(self, question: dict[str, Any]) -> dict[str, Any]:
        """As much as finds room, while the server goes on; then it waits, or says so."""
        text, name = question.get("data"), question.get("name")
        if not isinstance(text, str) or name not in ("send", "sendall"):
            raise Nonsense("send")
        try:
            data = text.encode("latin-1")
        except UnicodeEncodeError:
            raise Nonsense("send") from None
        if len(self.log) > CALLS:
            return self._never(Event(f"{name}()"), "spins", "and so on, for ever")
        taken = 0
        while taken < len(data) and (taken == 0 or name == "sendall"):
            room = 2 * self._rules.size - (len(self.received) - self._read)
            if not room:
                break
            piece = data[taken : taken + room]
            taken += len(piece)
            self.received += piece
            self._work()
        note = "" if taken == len(data) else f"took {taken} of {len(data)} bytes"
        event = Event(name, data[:taken], note, sent=True)
        self.log.append(event)
        self._idle = 0 if taken else self._idle + 1
        if taken == len(data) or (taken and name == "send"):
            return {"count": taken}
        timeout = question.get("timeout")
        if timeout is None:
            return self._never(event, "full", FULL)
        if self._idle > 50:
            return self._never(event, "spins", "and so on, for ever")
        error = "TimeoutError" if timeout else "BlockingIOError"
        event.note = f"{note}: {error}"
        return {"error": error, "text": "timed out" if timeout else "no room now"}
