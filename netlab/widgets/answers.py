"""A learner's own answers: what they wrote, and how they marked it themselves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from netlab.kept import Kept, home

AS_THOUGHT, OTHERWISE = "as I thought", "not as I thought"
HAD_IT, NOT_YET = "had it", "not yet"

_answers = Kept(".netlab-answers.json")


@dataclass(frozen=True)
class Answer:
    """Words, the learner's own mark ("" for none), and whether a restart leaves them."""

    words: str = ""
    mark: str = ""
    safe: bool = False


def lesson() -> str:
    """Which lesson this is: the name of the notebook's folder below work/."""
    here, folder = Path.cwd(), home()
    return here.relative_to(folder).as_posix() if folder else here.name


def answer(name: str) -> Answer:
    """What is kept under this name; an empty answer if nothing is."""
    match _answers.all().get(name):
        case [str(words), str(mark)]:
            return Answer(words, mark, home() is not None)
    return Answer(safe=home() is not None)


def keep(name: str, words: str, mark: str = "") -> Answer:
    """Keep an answer and its mark."""
    return Answer(words, mark, _answers.put(name, [words, mark]))


def otherwise(which: str) -> list[tuple[str, str]]:
    """(question, prediction) of this lesson's predictions that turned out otherwise."""
    start = f"{which}: "
    said = [(name, answer(name)) for name in _answers.all() if name.startswith(start)]
    return [
        (name.removeprefix(start), its.words)
        for name, its in said
        if its.mark == OTHERWISE and its.words
    ]
