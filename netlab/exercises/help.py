"""hint() and solution(): help in steps, for those who ask."""

from __future__ import annotations

from typing import Any

from netlab.exercises.bank import NoExercise
from netlab.exercises.check import exercise_of, show


class Text(str):
    """A string that shows itself as it is written."""

    def __repr__(self) -> str:
        return str(self)


class Words(Text):
    """The same, where a notebook shows `code` as code."""

    def _repr_markdown_(self) -> str:
        return str(self)


_given: dict[str, int] = {}


def hint(answer: Any, name: str = "") -> None:
    """Show one more hint than the last time: first a question, then the mechanism, then a sketch.

    answer: your function or class, or the exercise's name. The words are in hints.txt.
    """
    try:
        exercise = exercise_of(answer, name)
    except NoExercise as error:
        return show(Text(f"hint: {error}"))
    count = _given[exercise.name] = min(_given.get(exercise.name, 0) + 1, len(exercise.hints))
    lines = [
        f"Hint {n} of {len(exercise.hints)}: {exercise.hints[n - 1]}" for n in range(1, count + 1)
    ]
    if count == len(exercise.hints):
        lines.append(f'If that is not enough: `solution("{exercise.name}")`')
    show(Words("\n\n".join(lines)))


def solution(answer: Any, name: str = "") -> None:
    """Show a program that passes; yours may look different and be as good.

    answer: your function or class, or the exercise's name. The text is right/obvious.py.
    """
    try:
        show(Text(exercise_of(answer, name).reference.rstrip()))
    except NoExercise as error:
        show(Text(f"solution: {error}"))
