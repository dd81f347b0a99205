"""A right answer that hardly gets a processor is not called stuck."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from netlab.referee.play import Referee
from netlab.referee.process import SILENCE
from netlab.referee.scenario import Call, Scenario
from netlab.referee.source import Answer
from tests.helpers import linux, program

pytestmark = pytest.mark.proof
# computes for a good while, and then says the right thing
THINKS = "import time\ndef f():\n    while time.process_time() < 0.4:\n        pass\n    return 7"
BUSY = 12


@pytest.fixture
def one_busy_processor() -> Iterator[int]:
    """The number of a processor on which others compute without a pause."""
    number = min(os.sched_getaffinity(0))
    command = [sys.executable, "-c", "while True: pass"]
    # a session each: Linux shares a processor among sessions first
    loops = [subprocess.Popen(command, start_new_session=True) for _ in range(BUSY)]
    try:
        for loop in loops:
            os.sched_setaffinity(loop.pid, {number})
        yield number
    finally:
        for loop in loops:
            loop.kill()
            loop.wait(10)


@linux
def test_a_starved_answer_is_not_stuck(one_busy_processor: int) -> None:
    scenario = Scenario("", "", (Call(),))
    with Referee() as referee:
        quick = Answer.of_text("def f():\n    return 7", "f")
        assert referee.play(quick, scenario).outcomes[-1].value == 7
        assert referee._worker is not None
        pid = referee._worker._process.pid
        os.sched_setaffinity(pid, {one_busy_processor})
        start = time.monotonic()
        outcome = referee.play(Answer.of_text(THINKS, "f"), scenario).outcomes[-1]
    assert time.monotonic() - start > SILENCE, "the machine was not busy enough to tell"
    assert (outcome.kind, outcome.value) == ("returned", 7)


JUDGES = """
from netlab.exercises.bank import find
from netlab.exercises.check import judged
print("begins", flush=True)
for name in ("recv_exactly", "send_message") * 15:
    exercise = find(name)
    print(judged(exercise, exercise.right["obvious"]).passed, flush=True)
"""
STOPS, REST = 4, 1.6  # how often, and for how many seconds, longer than SILENCE


@linux
def test_a_referee_that_slept_calls_nobody_stuck() -> None:
    """A laptop's lid is shut in the middle of a check, or others take both processors."""
    draw = random.Random(3)
    with program(JUDGES) as judge:
        assert judge.stdout is not None and judge.stdout.readline() == "begins\n"
        for _ in range(STOPS):
            time.sleep(draw.uniform(0.05, 0.3))  # any moment of a check will do
            judge.send_signal(signal.SIGSTOP)
            time.sleep(REST)
            judge.send_signal(signal.SIGCONT)
        assert judge.stdout.read().split() == ["True"] * 30
