"""check(): judge an answer now, by the same referee that grades it."""

from __future__ import annotations

import os
import sys
from typing import Any

from netlab.exercises.bank import PUBLIC_SEED, Exercise, NoExercise, find
from netlab.exercises.diagnose import diagnose
from netlab.exercises.progress import note
from netlab.referee.play import Referee
from netlab.referee.report import Report, report
from netlab.referee.source import Answer, NoSource, read
from netlab.referee.verdict import Verdict, judge


class CheckFailed(Exception):
    """Raised only while nbgrader runs the notebook: to it, a check without error is a pass."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def check(answer: Any, name: str = "") -> None:
    """Try your function, class or data on the exercise's scenarios, and show what came of it.

    name: the exercise, if your function is called otherwise. Runs the text of its cell in a closed
    process, within about 0.2 s; an endless loop is ended and named. Returns None, raises nothing.
    """
    shown = examine(answer, name)
    show(shown)
    if os.environ.get("NBGRADER_EXECUTION") and not shown.passed:
        raise CheckFailed(repr(shown))


def examine(answer: Any, name: str = "", seed: str = PUBLIC_SEED) -> Report:
    """The report that check shows."""
    try:
        exercise = exercise_of(answer, name)
        program = read(answer, exercise.name)
    except (NoExercise, NoSource) as error:
        return Report(False, f"check: {error}")
    if program.is_stub:
        note(exercise.name, "not attempted yet")
        return Report(False, f'{exercise.name}: not attempted yet. More: hint("{exercise.name}")')
    return judged(exercise, program, seed)


def judged(exercise: Exercise, program: Answer, seed: str = PUBLIC_SEED) -> Report:
    """The report on a program that is there as text."""
    verdict = judge(exercise.prepare(program), exercise.scenarios(seed))
    good = sum(result.gap is None for result in verdict.results)
    note(exercise.name, f"{good} of {len(verdict.results)} scenarios pass")
    return told(exercise, verdict)


def told(exercise: Exercise, verdict: Verdict) -> Report:
    """The report on a verdict, with the name of the mistake if it is a known one."""
    with Referee() as another:  # the answer may have spoilt its own referee's process
        return report(verdict, exercise.name, diagnose(another, exercise, verdict))


def exercise_of(answer: Any, name: str = "") -> Exercise:
    """The exercise that is meant: by the name given, else by the answer's own name."""
    return find(name or (answer if isinstance(answer, str) else getattr(answer, "__name__", "")))


def show(thing: Any) -> None:
    """Display in a notebook, print elsewhere."""
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        ipython.display.display(thing)
    else:
        sys.stdout.write(f"{thing!r}\n")
