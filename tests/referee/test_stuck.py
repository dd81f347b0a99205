"""A stuck answer is named by the innermost loop that it never left."""

from __future__ import annotations

import pytest

from netlab.referee.play import Referee
from netlab.referee.scenario import SOCK, Call, Scenario
from netlab.referee.source import Answer

STUCK = {
    "while True": ("def f(sock):\n    while True:\n        pass", "line 2: while True:"),
    "the outer of two": (
        "def f(sock):\n    while sock:\n        for i in range(50):\n            i + 1",
        "line 2: while sock:",
    ),
    "the inner of two": (
        "def f(sock):\n    for _ in range(3):\n        while sock:\n            pass",
        "line 3: while sock:",
    ),
    "the caller's loop": (
        "def step(n):\n    return [i for i in range(n)]\n"
        "def f(sock):\n    while sock:\n        step(9)",
        "line 4: while sock:",
    ),
    "a helper's loop": (
        "def wait():\n    while 1:\n        pass\ndef f(sock):\n    for _ in 'ab':\n        wait()",
        "line 2: while 1:",
    ),
    "a long call": ("import time\ndef f(sock):\n    time.sleep(99)", "line 3: time.sleep(99)"),
    "one hard sum": ("def f(sock):\n    return 7 ** 10 ** 8", "line 2: return 7 ** 10 ** 8"),
    "while it is defined": ("while True:\n    pass\ndef f(sock): ...", "line 1: while True:"),
    "in except": (
        "def f(sock):\n    while True:\n        try:\n            f(1, 2)\n"
        "        except TypeError:\n            pass",
        "line 2: while True:",
    ),
}


QUICK = ("while True", "a helper's loop", "one hard sum")
LONG = [pytest.param(name, marks=pytest.mark.proof) for name in STUCK if name not in QUICK]


@pytest.mark.parametrize("name", [*QUICK, *LONG])
def test_the_place_is_named(name: str) -> None:
    text, place = STUCK[name]
    scenario = Scenario("", "", (Call((SOCK,)),))
    with Referee() as referee:
        outcome = referee.play(Answer.of_text(text, "f"), scenario).outcomes[-1]
    assert outcome.kind == "running" and str(outcome.place) == place


def test_calls_without_end_need_no_clock() -> None:
    scenario = Scenario("", "", (Call((SOCK,)),), sends=(b"abc",))
    text = "def f(sock):\n    sock.settimeout(1)\n    while True:\n        try:\n"
    text += "            sock.recv(1)\n        except TimeoutError:\n            pass"
    with Referee() as referee:
        assert referee.play(Answer.of_text(text, "f"), scenario).outcomes[-1].kind == "spins"
