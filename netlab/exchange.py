"""The loop that sends on schedule and stamps replies."""

from __future__ import annotations

import os
from collections.abc import Callable
from time import perf_counter_ns

from netlab.probe import Link
from netlab.samples import Sample

BILLION = 1_000_000_000
SPIN = 0.02 if os.name == "nt" else 0.0002  # s: select wakes this late at worst; spin instead
QUIET = 0.001  # s to the next send that leave time to move a progress bar


class Exchange:
    """Messages sent every `interval` seconds (0: when the last reply is in), and what came back.

    timeout in seconds. One thread runs it; another may read what is settled.
    """

    def __init__(self, link: Link, numbers: range, interval: float, timeout: float) -> None:
        self.link, self.numbers = link, numbers
        self.every, self.patience = round(interval * BILLION), round(timeout * BILLION)
        self.start = perf_counter_ns()
        self.settled = 0  # how many, from the first on, are back or given up
        self._sent: list[tuple[int, int]] = []  # when due, when sent; ns since start
        self._back: dict[int, int] = {}

    def run(self, show: Callable[[int], None] | None = None) -> None:
        """Send them all and wait for the last; `show` hears in quiet moments how many are out."""
        link, numbers, every, patience = self.link, self.numbers, self.every, self.patience
        sent, back = self._sent, self._back
        pending: dict[int, int] = {}  # number: when sent, oldest first
        start = self.start
        while pending or len(sent) < len(numbers):
            now = perf_counter_ns() - start
            while pending and now - next(iter(pending.values())) >= patience:
                del pending[next(iter(pending))]  # too late: lost
            self.settled = next(iter(pending)) - numbers[0] if pending else len(sent)
            more = len(sent) < len(numbers)
            due = len(sent) * every if every else now
            if show and not pending and (not every or due - now > QUIET * BILLION):
                show(len(sent))
            if more and due <= now and (every or not pending):
                number = numbers[len(sent)]
                now = perf_counter_ns() - start
                sent.append((due, now))
                pending[number] = now
                link.send(number)
                due, more = due + every, len(sent) < len(numbers)
            waits = [next(iter(pending.values())) + patience - now] if pending else []
            if more and every:
                waits.append(due - now - round(SPIN * BILLION))
            if not waits:
                continue
            stamp, came = link.wait(min(waits) / BILLION)
            for number in came:
                if pending.pop(number, None) is not None:
                    back[number] = stamp - start

    def samples(self, first: int, last: int) -> list[Sample]:
        """The round trips from `first` up to but not with `last`, counted from 0."""
        return [
            Sample(due / BILLION, at / BILLION, back / BILLION if back is not None else None)
            for number, (due, at) in zip(
                self.numbers[first:last], self._sent[first:last], strict=True
            )
            for back in [self._back.get(number)]
        ]


def exchange(
    link: Link,
    numbers: range,
    interval: float,
    timeout: float,
    show: Callable[[int], None] | None = None,
) -> list[Sample]:
    """Send these messages every interval seconds (0: when the last reply is in); stamp replies."""
    probe = Exchange(link, numbers, interval, timeout)
    probe.run(show)
    return probe.samples(0, len(numbers))
