"""Every exercise's own programs: the right ones pass, each wrong one is called by its name."""

from __future__ import annotations

import ast
import functools
import os
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from netlab.exercises.bank import NAMES, Exercise, find, message
from netlab.exercises.check import judged
from netlab.exercises.diagnose import diagnose
from netlab.referee.play import Played, Referee
from netlab.referee.report import report
from netlab.referee.scenario import Scenario
from netlab.referee.source import Answer
from netlab.referee.verdict import judge_by
from tests.exercises.reports import REFRESH, saved

LAST_MISCONCEPTION = 58
NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
RIGHT = [(name, program) for name in NAMES for program in find(name).right]
WRONG = [(name, program) for name in NAMES for program in find(name).wrong]


def headings(lesson: int) -> set[str]:
    """The headings of a lesson's notebook."""
    (path,) = NOTEBOOKS.glob(f"{lesson}-*/*.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return set(re.findall(r"^#+ (.+)$", text, re.MULTILINE))


@functools.cache
def scenarios(name: str) -> list[Scenario]:
    return find(name).scenarios()


class Remembering(Referee):
    """Plays a program once in each of `scenarios`: to find a message, many are played again.

    What an earlier exercise's programs did is forgotten.
    """

    def __init__(self) -> None:
        super().__init__()
        self._name, self._seen = "", dict[tuple[Answer, int], Played]()

    def play(self, answer: Answer, scenario: Scenario) -> Played:
        if not any(scenario is known for known in scenarios(answer.name)):
            return super().play(answer, scenario)
        if answer.name != self._name:
            self._name, self._seen = answer.name, {}
        key = answer, id(scenario)
        if key not in self._seen:
            self._seen[key] = super().play(answer, scenario)
        return self._seen[key]


@pytest.fixture(scope="module")
def referee() -> Iterator[Referee]:
    """One for all: the programs here are ours, and harm no process."""
    with Remembering() as referee:
        yield referee


@pytest.mark.parametrize("name", NAMES)
def test_there_are_enough_programs_and_hints(name: str) -> None:
    exercise = find(name)
    assert len(exercise.right) >= 3 and len(exercise.wrong) >= 8
    assert "obvious" in exercise.right and 2 <= len(exercise.hints) <= 3
    assert max(map(len, exercise.hints)) < 400


def test_references_of_a_lesson_fit_into_one_notebook() -> None:
    """No two of them call a helper the same: the later would spoil the earlier one."""
    defined = [
        (find(name).lesson, node.name)
        for name in NAMES
        for node in ast.parse(find(name).reference).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    ]
    assert len(set(defined)) == len(defined) > len(NAMES)


@pytest.mark.parametrize(("name", "program"), RIGHT)
def test_a_right_program_passes(name: str, program: str, referee: Referee) -> None:
    exercise = find(name)
    verdict = judge_by(referee, exercise.right[program], scenarios(name))
    assert verdict.passed, verdict.first_failure


@pytest.mark.parametrize(("name", "program"), WRONG)
def test_a_wrong_program_gets_its_own_message(name: str, program: str, referee: Referee) -> None:
    exercise = find(name)
    own = [line for line in message(exercise.wrong[program]) if line]
    verdict = judge_by(referee, exercise.wrong[program], scenarios(name))
    shown = report(verdict, name, diagnose(referee, exercise, verdict))
    assert list(shown.advice) == [*own, f'More: hint("{name}")']
    lines = repr(shown).splitlines()
    assert len(lines) <= 15 and max(map(len, lines)) <= 100
    assert "netlab" not in repr(shown) and "Traceback" not in repr(shown)
    assert repr(shown) == saved()[f"{name}/{program}"], f"if it is better: {REFRESH}"


@pytest.mark.parametrize(("name", "program"), WRONG)
def test_a_message_names_a_misconception_and_a_section(name: str, program: str) -> None:
    sentence, blank, *middle, last = message(find(name).wrong[program])
    number = re.fullmatch(r"M(\d\d): .+\.", sentence)
    assert number and 1 <= int(number[1]) <= LAST_MISCONCEPTION
    assert blank == "" and len(middle) == 1
    section = re.fullmatch(r'Read again: lesson (\d\d), "([^"]+)"(, reader \d)?\.', last)
    assert section and section[2] in headings(int(section[1]))


@pytest.mark.parametrize("name", NAMES)
def test_no_two_wrong_programs_are_told_the_same(name: str) -> None:
    exercise = find(name)
    messages = ["\n".join(message(program)) for program in exercise.wrong.values()]
    assert len(set(messages)) == len(messages)


def kinds(referee: Referee, exercise: Exercise, answer: Answer, seed: str) -> list[str]:
    """The verdict on each scenario, without the bytes."""
    verdict = judge_by(referee, answer, exercise.scenarios(seed))
    return [result.gap.kind if result.gap else "" for result in verdict.results]


@pytest.mark.parametrize("name", NAMES)
def test_the_seed_does_not_matter(name: str, referee: Referee) -> None:
    exercise = find(name)
    for answer in (next(iter(exercise.wrong.values())), exercise.right["obvious"]):
        public, another = (kinds(referee, exercise, answer, seed) for seed in ("public", "another"))
        assert public == another


@pytest.mark.proof
@pytest.mark.parametrize(("name", "program"), RIGHT + WRONG)
def test_no_seed_of_two_hundred_matters(name: str, program: str, referee: Referee) -> None:
    """Two hundred for what must pass; twenty, unless more are asked for, for what must not."""
    exercise = find(name)
    count = 200 if (name, program) in RIGHT else int(os.environ.get("NETLAB_SEEDS", "20"))
    answer = (exercise.right | exercise.wrong)[program]
    public = kinds(referee, exercise, answer, "public")
    for seed in range(count):
        assert kinds(referee, exercise, answer, str(seed)) == public, f"seed {seed}"


def test_a_report_is_the_same_again() -> None:
    exercise = find("recv_exactly")
    program = next(iter(exercise.wrong.values()))
    reports = [judged(exercise, program) for _ in range(2)]
    assert len({(repr(report), report._repr_html_()) for report in reports}) == 1
