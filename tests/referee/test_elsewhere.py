"""check() where there is nothing of Linux: the paths of macOS and Windows, for every exercise."""

from __future__ import annotations

import signal

import pytest

from netlab.exercises.bank import NAMES, find
from netlab.exercises.check import judged
from netlab.referee import process
from netlab.referee.play import Referee
from netlab.referee.source import Answer
from tests.exercises.reports import saved
from tests.helpers import Footprint, returns_to

LEVEL = {
    "macOS": "limits: bounded memory, time and processes; files and network open",
    "Windows": "process: only a process of its own; files and network are open",
}
# what the worker finds there: another user than root and no libc of Linux's; or no POSIX at all
WORKER = {
    "macOS": "import os; sys.platform = 'darwin'; os.geteuid = lambda: 501; ",
    "Windows": (
        "import signal; [delattr(signal, n) for n in ('SIGUSR1', 'alarm') if hasattr(signal, n)]; "
        "from netlab.referee.worker import sandbox; "
        f"sandbox.close = lambda: {LEVEL['Windows']!r}; "
    ),
}


BOTH = pytest.mark.parametrize("system", WORKER, indirect=True)
QUICK = "recv_exactly"  # on macOS, make test tries only this one: its paths are Linux's but for one
EVERYWHERE = [
    pytest.param(name, system, marks=[pytest.mark.proof] if long else [])
    for system in WORKER
    for name in NAMES
    for long in [system == "macOS" and name != QUICK]
]


@pytest.fixture
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """No clock of another process, no look at its state; on Windows no signals either."""
    boot = process.BOOT.replace("from netlab", WORKER[request.param] + "from netlab", 1)
    monkeypatch.setattr(process, "BOOT", boot)
    monkeypatch.setattr(process.Worker, "_cpu", lambda self: 0.0)
    monkeypatch.setattr(process.Worker, "_starved", lambda self: False)
    if request.param == "Windows" and hasattr(signal, "SIGUSR1"):
        monkeypatch.delattr(signal, "SIGUSR1")
    return str(request.param)


@pytest.mark.parametrize(("name", "system"), EVERYWHERE, indirect=["system"])
def test_an_exercise_is_judged_as_on_linux(name: str, system: str) -> None:
    exercise = find(name)
    before = Footprint.of()
    assert judged(exercise, exercise.right["obvious"]).passed
    program, answer = next(iter(exercise.wrong.items()))
    assert repr(judged(exercise, answer)) == saved()[f"{name}/{program}"]
    returns_to(before)


@BOTH
def test_a_loop_is_named(system: str) -> None:
    stuck = Answer.of_text("def recv_exactly(sock, n):\n    while True:\n        n", "recv_exactly")
    before = Footprint.of()
    assert "line 2: while True:" in repr(judged(find("recv_exactly"), stuck))
    returns_to(before)


@BOTH
def test_the_level_promises_no_more_than_it_holds(system: str) -> None:
    exercise = find("recv_exactly")
    with Referee() as referee:
        referee.play(exercise.right["obvious"], exercise.scenarios()[0])
        assert referee.level == LEVEL[system]


def test_a_worker_that_cannot_be_closed_in_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """As for root in a container of its own that has no user 65534: nothing is judged."""
    refuses = (
        "from netlab.referee.worker import sandbox; import os; "
        "sandbox.close = lambda: os.stat('/no such user'); "
    )
    boot = process.BOOT.replace("from netlab", refuses + "from netlab", 1)
    monkeypatch.setattr(process, "BOOT", boot)
    exercise = find("recv_exactly")
    with pytest.raises(RuntimeError, match=r"did not start: it could not be closed in: .*no such"):
        judged(exercise, exercise.right["obvious"])
