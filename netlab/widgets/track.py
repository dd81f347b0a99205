"""What a monitor remembers: round trips, what was asked since when, and marks, on one clock."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable
from itertools import takewhile
from time import perf_counter

from netlab.samples import Sample, Samples
from netlab.widgets.pinging import INTERVAL, LATE, SIZE, least
from netlab.widgets.window import SPAN, Moment
from netlab.wire.model import Conditions

ENOUGH = 1000  # round trips before one in a hundred can be trusted
KEPT = round(5 * 60 / INTERVAL)  # round trips: five minutes


class Track:
    """Times in seconds on a clock that stands while nothing runs; a gap of a second shows a stop.

    The newest five minutes are kept.
    """

    def __init__(self, vehicle: str) -> None:
        self.vehicle = vehicle
        self._kept: deque[Sample] = deque(maxlen=KEPT)
        self._asked: deque[tuple[float, Conditions]] = deque(maxlen=1000)
        self._marks: deque[tuple[float, str]] = deque(maxlen=100)
        self._begin = self._now = 0.0
        self._going = False

    @property
    def now(self) -> float:
        """The moment that a picture shows at its right edge."""
        if self._going:
            self._now = perf_counter() - self._begin
        return self._now

    def go(self, start: float) -> None:
        """The clock runs on from here; start: when the first message was due (perf_counter, s)."""
        self._begin = start - (self._now + 1 if self._kept else 0.0)
        self._going = True

    def stand(self) -> None:
        """The clock stands still."""
        self._now, self._going = self.now, False

    def ask(self, conditions: Conditions) -> None:
        """These hold from now on; asked while the clock stands, they replace the last."""
        if not self._going and self._asked and self._asked[-1][0] >= self._now:
            self._asked.pop()
        self._asked.append((self.now, conditions))

    def add(self, samples: Iterable[Sample], start: float) -> None:
        """Round trips; start: when the first of their ping was due (perf_counter, s)."""
        by = start - self._begin
        for s in samples:
            back = None if s.received is None else s.received + by
            self._kept.append(Sample(s.scheduled + by, s.sent + by, back))

    def mark(self, words: str) -> None:
        """An upright line at this moment."""
        self._marks.append((self.now, words))

    @property
    def changed(self) -> float:
        """How long ago the conditions changed, in seconds."""
        return self.now - self._asked[-1][0]

    def samples(self) -> Samples:
        """All that is kept; ValueError if there is nothing yet."""
        kept = list(self._kept)
        if not kept:
            raise ValueError("there is no round trip yet: press Start in the monitor first")
        since = [*[at for at, _ in self._asked][1:], self.now]
        delays = {
            asked.delay
            for (_, asked), end in zip(tuple(self._asked), since, strict=True)
            if end > kept[0].sent
        }
        return self._as_samples(kept, 2 * delays.pop() if len(delays) == 1 else None)

    def moment(self) -> Moment:
        """What to draw now."""
        low = self.now - SPAN
        seen = list(takewhile(lambda s: s.sent >= low, reversed(tuple(self._kept))))[::-1]
        return Moment(
            now=self.now,
            samples=seen,
            floors=[(at, least(asked, self.vehicle)) for at, asked in tuple(self._asked)],
            marks=tuple(self._marks),
            vehicle=self.vehicle,
        )

    def figures(self) -> str:
        """Median and p99 in a sentence: of the window, as far as the conditions were the same."""
        moment = self.moment()
        begin = max(self._asked[-1][0], moment.now - SPAN)
        held = self._as_samples([s for s in moment.samples if s.sent >= begin], None)
        seconds = moment.now - begin
        if seconds < 1 or not held.samples:
            return "New figures in a moment."
        what = f"{len(held)} round trip{'s' * (len(held) > 1)} in the last {seconds:.0f} s"
        if held.lost:
            what += f", {held.lost} of them later than {LATE:g} s"
        p99 = _at(held, 0.99) if len(held) >= ENOUGH else f"needs {ENOUGH} of them"
        return f"{what}: median {_at(held, 0.5)}, p99 {p99}."

    def _as_samples(self, kept: list[Sample], asked: float | None) -> Samples:
        return Samples("RoundTripMonitor", self.vehicle, "tcp", SIZE, INTERVAL, asked, kept)


def _at(samples: Samples, share: float) -> str:
    """What this share of the round trips did not exceed; a late one is longer than all others."""
    rtts = sorted(math.inf if s.rtt is None else s.rtt for s in samples.samples)
    value = rtts[math.ceil(share * len(rtts)) - 1]
    return f"over {LATE:g} s" if value == math.inf else f"{1000 * value:.1f} ms"
