"""Interleaved rounds: every side once a round, in a new order each time, behind the quiet gate."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Mapping
from typing import NamedTuple

from tqdm import tqdm

from benchmarks.quiet import Gate


class Skip(Exception):
    """This pair cannot be measured here; the message says why."""


class Round(NamedTuple):
    """One batch of one side: seconds, or bytes a second."""

    p50: float
    p99: float
    least: float


def summary(samples: list[float]) -> Round:
    ranked = sorted(samples)
    p99 = ranked[min(len(ranked) - 1, int(len(ranked) * 0.99))]
    return Round(statistics.median(ranked), p99, ranked[0])


Sides = dict[str, list[Round]]


class Session:
    """One run of the benchmarks: its gate, its dice, its progress bar."""

    def __init__(self) -> None:
        self.gate = Gate()
        self.dice = random.Random()

    def interleave(
        self, title: str, sides: Mapping[str, Callable[[], Round]], rounds: int = 5
    ) -> Sides:
        results: Sides = {name: [] for name in sides}
        with tqdm(total=rounds * len(sides), desc=title, leave=False) as bar:
            for _ in range(rounds):
                for name in self.dice.sample(list(sides), len(sides)):
                    results[name].append(self.gate.measure(sides[name]))
                    bar.update()
        return results
