"""How long a check takes: measured in processor time, which other programs do not lengthen."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import pytest

from netlab.exercises.bank import NAMES, find
from netlab.exercises.check import judged
from netlab.referee.source import Answer
from tests.helpers import Footprint, linux, returns_to

pytestmark = [pytest.mark.proof, linux]
PASSES, BYTE_BY_BYTE = 0.3, 0.6  # seconds for a right answer; for one that asks a thousand times
STUCK = 3.0  # seconds of the clock, where a processor is free
RUNS = 3
ENDLESS = {
    "loops": "while True:\n        pass",
    "sleeps": "import time\n    time.sleep(1000)",
}
Note = Callable[[str, object], None]


def processor() -> float:
    """Seconds that this process and those it waited for have computed."""
    return sum(os.times()[:4])


@pytest.mark.parametrize("name", NAMES)
def test_a_right_answer_is_quick(name: str, record_property: Note) -> None:
    exercise = find(name)
    figures = []
    before = Footprint.of()
    for program, answer in exercise.right.items():
        computed, took = [], []
        for _ in range(RUNS):
            cpu, start = processor(), time.monotonic()
            assert judged(exercise, answer).passed
            computed.append(processor() - cpu)
            took.append(time.monotonic() - start)
        figures.append(f"{program} {min(computed):.2f} ({min(took):.2f})")
        assert min(computed) <= (BYTE_BY_BYTE if "one_byte" in program else PASSES), program
    returns_to(before)
    record_property("note", f"{name}: seconds computed (and of the clock): {', '.join(figures)}")


@pytest.mark.parametrize("how", ENDLESS)
@pytest.mark.parametrize("name", NAMES)
def test_a_stuck_answer_is_named_in_time(name: str, how: str, record_property: Note) -> None:
    text = f"def {name}(*arguments):\n    {ENDLESS[how]}\n"
    line = 2 if how == "loops" else 3
    if name == "cuts":  # data: it is stuck while it is made
        line = 2 if how == "loops" else 4
        text = f"def make():\n    {ENDLESS[how]}\ncuts = make()\n"
    before, start = Footprint.of(), time.monotonic()
    report = judged(find(name), Answer.of_text(text, name))
    took = time.monotonic() - start
    assert f"line {line}: " in repr(report)
    returns_to(before)
    record_property("note", f"{name} {how}: reported in {took:.1f} s")
    busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert took <= STUCK * busy
