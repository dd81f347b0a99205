"""Many clients at one listener: what comes when, and who is ready, as the scenario says.

This is a scripted selector and no real sockets in lock-step: docs/design.md section 7 says why.
"""

from __future__ import annotations

import errno
import random
from dataclasses import dataclass
from typing import Any

from netlab.referee.net import HERE, LISTENER, Net
from netlab.referee.peer import PATIENCE, Event, Nonsense, Peer
from netlab.referee.scenario import BROKEN, RESET, Mark

PLENTY = 1_000_000_000  # bytes of room for whoever takes all that it is sent


@dataclass
class Guest(Peer):
    """One client: its bytes come when their turn is, and it takes what it has room for."""

    room: int = PLENTY

    def happens(self, what: bytes | Mark | int) -> None:
        """Bytes arrive, the stream ends or breaks, or there is room for so many bytes more."""
        if isinstance(what, int):
            self.room = what
        elif what is RESET:
            self._script = [BROKEN]  # what was on its way is gone as well
        elif what:
            self._script.append(what)

    def ready(self, reads: bool, writes: bool) -> str:
        broken = self._script[:1] == [BROKEN]
        return "r" * (reads and bool(self._script)) + "w" * (writes and (self.room > 0 or broken))

    def _nothing(self, event: Event, timeout: Any) -> dict[str, Any]:
        if timeout is None:
            return self._never(event, "held", "nothing has come: it waits")
        return super()._nothing(event, timeout)

    def _send(self, question: dict[str, Any]) -> dict[str, Any]:
        text, name = question.get("data"), question.get("name")
        if not isinstance(text, str) or name not in ("send", "sendall"):
            raise Nonsense("send")
        if len(text) <= self.room or self.ended or self._script[:1] == [BROKEN]:
            reply = super()._send(question)
        elif question.get("timeout") is None:
            note = f"room for {self.room} of {len(text)} bytes: it waits"
            self.log.append(Event(name, note=note, sent=True))
            return self._never(self.log[-1], "held", note)
        else:
            self._accepts = [self.room]
            reply = super()._send({**question, "data": text[: self.room], "name": "send"})
            self.log[-1].call = name
            self.log[-1].note = f"took {self.room} of {len(text)} bytes"
            if name == "sendall" or not self.room:
                error = "TimeoutError" if question["timeout"] else "BlockingIOError"
                self.log[-1].note += f"; {error}"
                self.room = 0
                return {"error": error, "text": "Resource temporarily unavailable"}
        self.room -= reply.get("count", 0)
        return reply


class Crowd(Net):
    """Plays the scenario's moments: the next one comes when nothing is ready that was asked for.

    Who is named for the first time connects. `over` is "idle" when select waits and nothing is to
    come, which is how such a scenario ends, and "held" when another call waits for one client.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        self._moments = list(self.scenario.moments)
        self.guests: dict[int, Guest] = {}
        self._queue: list[int] = []  # whose connections wait for accept
        self._idle, self._before = 0, self._moved()
        self._rng = random.Random(str(self.scenario.moments))

    @property
    def state(self) -> tuple[Any, ...]:
        """Who was accepted, has heard what, and is closed."""
        return super().state[:3]

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        if question.get("do") == "select" and not self.over:
            return self._select(question)
        return super().answer(question)

    def _ask_peer(self, number: int, question: dict[str, Any]) -> dict[str, Any]:
        seen = len(self.log)
        reply = super()._ask_peer(number, question)
        for event in self.log[seen:]:
            event.call = f"conn{number}.{event.call}"
        return reply

    def _next_client(self, event: Event, question: dict[str, Any]) -> dict[str, Any]:
        while not self._queue and self._moments and question.get("timeout") is None:
            self._next_moment()
        if self._queue:
            self.accepted += 1
            event.note = f"conn{self.accepted}"
            guest = self.guests[self._queue.pop(0)]
            guest.address = (HERE, 50000 + self.accepted)
            return self._open(guest)
        if question.get("timeout") is None:
            self.over, event.note = "held", "nobody calls: it waits"
            return {"stop": self.over}
        event.note = "BlockingIOError"
        return {"error": event.note, "text": "nobody calls now"}

    def _select(self, question: dict[str, Any]) -> dict[str, Any]:
        reads, writes = _numbers(question.get("read")), _numbers(question.get("write"))
        event = Event("select()")
        self.log.append(event)
        if any(n >= len(self.peers) or self._is_closed(n) for n in reads | writes):
            event.note = "a closed socket is still registered"
            return {"error": "OSError", "text": "Bad file descriptor", "number": [errno.EBADF]}
        moved = self._moved()
        self._idle, self._before = self._idle + 1 if moved == self._before else 0, moved
        if self._idle > PATIENCE:
            self.over, event.note = "spins", "and so on, for ever"
            return {"stop": self.over}
        while not (ready := self._ready(reads, writes)) and question.get("timeout") != 0:
            if not self._moments:
                self.over, event.note = "idle", "nothing more comes: it waits, as it should"
                return {"stop": self.over}
            self._next_moment()
        words = [f"{_name(n)}{' to write' if 'w' in how else ''}" for n, how in ready]
        more = f" and {len(words) - 4} more" if len(words) > 4 else ""
        event.note = f"ready: {', '.join(words[:4])}{more}" if words else "nobody is ready"
        return {"ready": ready}

    def _ready(self, reads: set[int], writes: set[int]) -> list[tuple[int, str]]:
        """Who is ready for what, in the scenario's order."""
        ready = [(LISTENER, "r")] if LISTENER in reads and self._queue else []
        for number in sorted((reads | writes) - {LISTENER}):
            guest = self.peers[number]
            assert isinstance(guest, Guest)
            if how := guest.ready(number in reads, number in writes):
                ready.append((number, how))
        if self.scenario.order == "reverse":
            ready.reverse()
        elif self.scenario.order == "shuffled":
            self._rng.shuffle(ready)
        return ready

    def _next_moment(self) -> None:
        for who, what in self._moments.pop(0):
            if who not in self.guests:
                self.guests[who] = Guest(self.scenario, self.log)
                self._queue.append(who)
            self.guests[who].happens(what)
        self._idle = 0

    def _is_closed(self, number: int) -> bool:
        return self.listener_closed if number == LISTENER else self.peers[number].closed

    def _moved(self) -> tuple[int, ...]:
        """What has moved so far: a loop in which nothing does will never end."""
        received = sum(len(peer.received) for peer in self.peers)
        closed = sum(peer.closed for peer in self.peers)
        return self.accepted, received, len(self.left), closed


def net_of(scenario: Any) -> Net:
    """All that can be reached in this scenario."""
    return Crowd(scenario) if scenario.moments else Net(scenario)


def _numbers(listed: Any) -> set[int]:
    """The sockets asked about: connections that were made, or the listener; 0 is no client."""
    if type(listed) is not list or not all(type(n) is int and n for n in listed):
        raise Nonsense("select")
    if any(n < LISTENER for n in listed):
        raise Nonsense("select")
    return set(listed)


def _name(number: int) -> str:
    return "listener" if number == LISTENER else f"conn{number}"
