"""loss_interval(lost, sent): between which rates the truth may lie, in 95 of 100 measurements."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from typing import Any

from netlab.referee.gap import show
from netlab.referee.scenario import Call, Scenario

LESSON = 14
NEEDS: tuple[str, ...] = ()
Z = 1.96  # standard deviations to each side that hold 95 of 100
SLACK = 0.22  # of the interval's width: good methods differ by as much


def scenarios(seed: str) -> Iterator[Scenario]:
    """Fourteen; the seed changes counts a little."""
    rng = random.Random(f"loss_interval {seed}")

    def measured(behaviour: str, words: str, lost: int, sent: int) -> Scenario:
        return Scenario(behaviour, words, (Call((lost, sent), looks=_near(lost, sent)),))

    some, few, none = "some are lost", "few are lost", "none is lost"
    all_lost, wrong = "nearly all are lost", "impossible counts"
    half = rng.randrange(48, 54)
    yield measured(some, f"{half} of 100 are lost.", half, 100)
    many = rng.randrange(180, 221)
    yield measured(some, f"{many} of 1000 are lost.", many, 1000)
    yield measured(some, "3 of 10 are lost.", 3, 10)
    yield measured(few, "1 of 100 is lost.", 1, 100)
    yield measured(few, "2 of 50 are lost.", 2, 50)
    yield measured(few, "5 of 1000 are lost.", 5, 1000)
    yield measured(none, "None of 10 is lost.", 0, 10)
    sent = rng.randrange(300, 500)
    yield measured(none, f"None of {sent} is lost.", 0, sent)
    yield measured(none, "One is sent, and comes.", 0, 1)
    yield measured(all_lost, "All 20 are lost.", 20, 20)
    yield measured(all_lost, "99 of 100 are lost.", 99, 100)
    yield measured(all_lost, "One is sent, and lost.", 1, 1)
    for words, counts in (("Nothing was sent.", (0, 0)), ("11 of 10 are lost.", (11, 10))):
        yield Scenario(wrong, words, (Call(counts, raises="ValueError"),))


def _near(lost: int, sent: int) -> Callable[[Any], str]:
    """A look at (low, high): near Wilson's interval (1927) or Clopper and Pearson's (1934)."""
    low, high = wilson(lost, sent)
    exact_low, exact_high = exact(lost, sent)
    slack = SLACK * (high - low)
    lows = (max(0.0, min(low, exact_low) - slack), max(low, exact_low) + slack)
    highs = (min(high, exact_high) - slack, min(1.0, max(high, exact_high) + slack))

    def look(came: Any) -> str:
        wanted = f"expected about {low:.3f} to {high:.3f}"
        pair = type(came) in (tuple, list) and len(came) == 2
        if not pair or not all(type(value) in (int, float) for value in came):
            return f"{wanted}, as two numbers\nreturned {show(came)}"
        if (
            lows[0] <= came[0] + 1e-9 <= lows[1] + 2e-9
            and highs[0] <= came[1] + 1e-9 <= highs[1] + 2e-9
        ):
            return ""
        share = f"{lost / sent:.3f} of all being lost"
        return f"{wanted}, {share}\nreturned {came[0]:.3f} to {came[1]:.3f}"

    return look


def wilson(lost: int, sent: int) -> tuple[float, float]:
    """Wilson's interval: the rates that a test by the normal distribution does not reject."""
    middle = (lost + Z * Z / 2) / (sent + Z * Z)
    half = Z * math.sqrt(lost * (sent - lost) / sent + Z * Z / 4) / (sent + Z * Z)
    return max(0.0, middle - half), min(1.0, middle + half)


def exact(lost: int, sent: int) -> tuple[float, float]:
    """Clopper and Pearson's: the rates that an exact test does not reject."""

    def at_most(count: int, rate: float) -> float:
        return sum(
            math.comb(sent, k) * rate**k * (1 - rate) ** (sent - k) for k in range(count + 1)
        )

    low = _edge(lambda rate: 1 - at_most(lost - 1, rate) < 0.025) if lost else 0.0
    high = _edge(lambda rate: at_most(lost, rate) > 0.025) if lost < sent else 1.0
    return low, high


def _edge(holds: Callable[[float], bool]) -> float:
    """The rate from which `holds` does not hold any more."""
    low, high = 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
