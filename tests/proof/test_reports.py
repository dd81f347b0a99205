"""Reports are the same bytes, run after run, on a busy machine too."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from netlab.exercises.bank import NAMES, find
from netlab.exercises.check import judged

BUSY = 4


@pytest.fixture
def load() -> Iterator[None]:
    """Processes that compute without a pause."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(BUSY)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait(10)


def reports(name: str, times: int) -> None:
    exercise = find(name)
    for answer in (exercise.right | exercise.wrong).values():
        seen = [judged(exercise, answer) for _ in range(times)]
        assert len({(repr(report), report._repr_html_()) for report in seen}) == 1


@pytest.mark.proof
@pytest.mark.parametrize("name", NAMES)
def test_the_same_in_twenty_runs(name: str) -> None:
    reports(name, 20)


@pytest.mark.proof
@pytest.mark.parametrize("name", NAMES)
def test_the_same_under_load(name: str, load: None) -> None:
    reports(name, 3)
