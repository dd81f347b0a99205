"""bench(ask, count, interval, warmup): median and p99 of questions asked on schedule."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from typing import Any

from netlab.referee.gap import show
from netlab.referee.net import Net
from netlab.referee.scenario import ASK, Call, Scenario

LESSON = 24
NEEDS: tuple[str, ...] = ()
PRECISION = 0.05  # of each number, and of an interval
COUNT = 200  # questions of a measurement; p99 is then the third or second longest


def scenarios(seed: str) -> Iterator[Scenario]:
    """Nine; the seed changes how long answers take, never which are slow."""
    rng = random.Random(f"bench {seed}")

    def bench(
        behaviour: str,
        words: str,
        slow: dict[int, float],
        interval: float = 0.010,
        warmup: int = 3,
        cold: float = 0.0,
        spread: float = 0.1,
        asked: bool = False,
    ) -> Scenario:
        """slow: by the number of the question (from 1, without warm-up), how much longer (s)."""
        usual = rng.uniform(0.9, 1.1) * 0.002
        times = [usual * (1 + rng.uniform(0, spread)) for _ in range(COUNT)]
        for place in (COUNT // 2, int(0.99 * COUNT)):  # where nobody who forgot to sort is lucky
            times[place] = 0.9 * usual
        for number, more in slow.items():
            times[number - 1] += more

        def takes(what: str, number: int) -> float:
            return usual + cold if number <= warmup else times[min(number - warmup, COUNT) - 1]

        text = f"bench(ask, count={COUNT}, interval={interval}, warmup={warmup})"
        looks = _anything if asked else _near(_on_schedule(times, interval))
        call = Call((ASK, COUNT, interval, warmup), looks=looks, text=text)
        after = _asked(warmup, interval, times) if asked else None
        return Scenario(behaviour, words, (call,), takes=takes, after=after)

    numbers, cold = "median and p99", "warm-up is apart"
    schedule, pause, many = "on schedule", "nothing is left out", "many slow answers"
    yield bench(numbers, "Every answer takes about 2 ms.", {})
    words = "Three of 200 answers take longer than the others, one of them much longer."
    yield bench(numbers, words, {50: 0.004, 100: 0.0045, 150: 0.007})
    words = "The first answers take 50 ms each: something has to be loaded."
    yield bench(cold, words, {}, cold=0.050)
    words = "The first ten answers take 30 ms each."
    yield bench(cold, words, {}, cold=0.030, warmup=10)
    words = "Each answer is there long before the next question is due."
    yield bench(schedule, words, {}, asked=True)
    words = "One answer takes 45 ms, so four questions are overdue. They are asked at once."
    yield bench(schedule, words, {100: 0.045}, asked=True)
    words = "The server takes a nap of 0.3 s, once. Meanwhile 30 questions are due."
    yield bench(pause, words, {100: 0.3})
    words = "The server takes a nap of 0.2 s, once; a question is due every 6 ms."
    yield bench(pause, words, {60: 0.2}, interval=0.006)
    words = "Every tenth answer takes 30 ms, and so the next two or three questions are late."
    yield bench(many, words, {n: 0.028 for n in range(10, 201, 10)})


def _on_schedule(times: list[float], interval: float) -> list[float]:
    """How long each answer took from when its question was due, sorted."""
    took, free = [], 0.0
    for number, each in enumerate(times):
        due = number * interval
        free = max(due, free) + each
        took.append(free - due)
    return sorted(took)


def _near(took: list[float]) -> Callable[[Any], str]:
    """Right to within PRECISION, by any usual definition of p99."""
    left, right = took[COUNT // 2 - 1], took[COUNT // 2]
    low, high = took[math.ceil(0.99 * COUNT) - 1], took[int(0.99 * COUNT)]

    def look(came: Any) -> str:
        if type(came) not in (tuple, list) or len(came) != 2:
            return f"expected two numbers: the median and p99\nreturned {show(came)}"
        for name, value, least, most in (
            ("median", came[0], left, right),
            ("p99", came[1], low, high),
        ):
            wanted = f"expected a {name} of {(least + most) / 2:.4f} seconds"
            if type(value) not in (int, float):
                return f"{wanted}\nreturned {show(value)}"
            if not least * (1 - PRECISION) <= value <= most * (1 + PRECISION):
                much = f"{float(f'{value / most:.2g}'):g} times as much" if value > 0 else "no time"
                return f"{wanted}\nreturned {value:.4f}: {much}"
        return ""

    return look


def _anything(came: Any) -> str:
    return ""


def _asked(warmup: int, interval: float, times: list[float]) -> Callable[[Net], str]:
    """An `after`: as often as it should be, and each when due or as soon as it could be."""

    def check(net: Net) -> str:
        if len(net.clock.asks) != warmup + COUNT:
            came = f"ask() was called {len(net.clock.asks)} times"
            return f"expected {warmup} + {COUNT} questions\n{came}"
        asks, free = net.clock.asks[warmup:], 0.0
        for number, (at, each) in enumerate(zip(asks, times, strict=True), 1):
            wanted, late = max((number - 1) * interval, free), at - asks[0]
            if abs(late - wanted) > PRECISION * interval:
                first = f"expected question {number} {wanted * 1000:.1f} ms after question 1"
                return f"{first}\nit came {late * 1000:.1f} ms after question 1"
            free = wanted + each
        return ""

    return check
