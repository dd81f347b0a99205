"""A scenario's own time: connects and replies take what it says, and nothing else takes any."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from netlab.referee.peer import Event
from netlab.referee.scenario import Takes

READINGS = 2000  # in one scenario, before we say that it will never end
TICK = 1e-6  # seconds that a reading takes, so that whoever waits in a loop gets on


@dataclass
class Clock:
    """now is in seconds since the scenario began; without `takes` no time passes at all."""

    takes: Takes | None
    now: float = 0.0
    readings: int = 0
    asks: list[float] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)
    _due: dict[int, float] = field(default_factory=dict)  # by connection: when its reply is there

    def answer(self, question: dict[str, Any], log: list[Event]) -> dict[str, Any]:
        """A reading, a sleep, or a call of ASK; with too many of them it will never end."""
        self.readings += 1
        if self.readings > READINGS:
            return {"stop": "spins"}
        if question.get("do") == "ask":
            log.append(Event("ask()", waited=self.ask()))
            return {}
        return self.read(question.get("seconds"))

    def read(self, seconds: Any) -> dict[str, Any]:
        """The time, after a sleep of so many seconds."""
        if type(seconds) in (int, float) and 0 < seconds < 1e6:
            self.now += seconds
        self.now += TICK
        return {"now": self.now}

    def connect(self, timeout: Any) -> tuple[bool, str]:
        """Whether a connection comes in time, and how long it took."""
        return self._wait(self.now + self._next("connect"), timeout)

    def ask(self) -> str:
        """A call of ASK, and how long it took; `asks` keeps when each began."""
        self.asks.append(self.now)
        return self._wait(self.now + self._next("ask"), None)[1]

    def asked(self, number: int) -> None:
        """The answer has sent something on this connection that will be replied to."""
        self._due[number] = self.now + self._next("reply")

    def reply(self, number: int, timeout: Any) -> tuple[bool, str]:
        """Whether what was asked for is there in time, and how long the answer waited for it."""
        return self._wait(self._due.get(number, 0.0), timeout)

    def _next(self, what: str) -> float:
        count = self._counts[what] = self._counts.get(what, 0) + 1
        return self.takes(what, count) if self.takes else 0.0

    def _wait(self, until: float, timeout: Any) -> tuple[bool, str]:
        rest = until - self.now
        if rest <= 0:
            return True, ""
        if type(timeout) in (int, float) and timeout < rest:
            self.now += timeout
            return False, ""
        self.now = until
        return True, f"after {rest:.3f} s"
