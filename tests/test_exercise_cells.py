"""The rules about exercise cells complain of cells made to break them, and of no others."""

import copy

import nbformat
import pytest

from tests.hygiene import Lesson, code, exercises, prose
from tests.hygiene.example import exercise, good, text

GOOD = good()
# the first exercise: its stub is this cell, its check the next
EXERCISE = next(n for n, cell in enumerate(GOOD.cells) if "nbgrader" in cell.metadata)


def marked(number, **entries):
    """Change the marks of the stub (0) or of the check (1)."""
    return lambda nb: nb.cells[EXERCISE + number].metadata.nbgrader.update(entries)


def at(number, **entries):
    return lambda nb: nb.cells[EXERCISE + number].update(entries)


BREAKS = {
    exercises.every_exercise_is_there: [
        lambda nb: nb.cells.pop(EXERCISE),
        lambda nb: nb.cells.extend(exercise("no_such_exercise")),
        lambda nb: nb.metadata.update(netlab={"number": "20"}),
    ],
    exercises.marks_are_nbgraders: [
        marked(0, schema_version=2),
        marked(0, points=6),
        marked(0, grade=True),
        marked(1, locked=False),
        lambda nb: nb.cells[EXERCISE].metadata.nbgrader.pop("grade_id"),
        lambda nb: nb.cells[EXERCISE + 1].metadata.nbgrader.pop("points"),
        lambda nb: nb.cells[EXERCISE + 1].metadata.pop("editable"),
        lambda nb: nb.cells[EXERCISE].metadata.update(deletable=False),
    ],
    exercises.stubs_are_stubs: [
        at(0, source="def recv_exactly(sock, n):\n    return b''"),
        at(0, source="def receive(sock, n):\n    raise NotImplementedError"),
        at(0, source="def recv_exactly(sock, n):\n" + "    # more\n" * 6 + "    pass"),
        at(0, source="def recv_exactly(sock"),
    ],
    exercises.a_check_follows_its_stub: [
        lambda nb: nb.cells.insert(EXERCISE + 1, text("Now check it.")),
        lambda nb: nb.cells.pop(EXERCISE + 1),
        lambda nb: nb.cells.extend(exercise("cuts")[2:]),
        at(1, source="check(recv_exactly); print()"),
        marked(1, points=5),
        marked(1, grade_id="check_cuts"),
    ],
    exercises.hints_are_the_banks: [
        lambda nb: nb.cells[EXERCISE - 1].update(source="<details><summary>Hints</summary>"),
        lambda nb: nb.cells.insert(EXERCISE, text("Now write it.")),
    ],
}


@pytest.fixture
def lesson(tmp_path):
    """The good lesson, after a change."""

    def make(change=lambda nb: None):
        nb = copy.deepcopy(GOOD)
        change(nb)
        nbformat.write(nb, tmp_path / "broken.ipynb")
        return Lesson.at(tmp_path / "broken.ipynb")

    return make


@pytest.mark.parametrize("rule", exercises.RULES, ids=lambda rule: rule.__name__)
def test_the_good_one_is_let_be(rule, lesson):
    assert rule(lesson()) == []


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        pytest.param(rule, change, id=f"{rule.__name__}-{n}")
        for rule in exercises.RULES
        for n, change in enumerate(BREAKS[rule])
    ],
)
def test_rule_fires(rule, change, lesson):
    complaints = rule(lesson(change))
    assert complaints and all("expected" in c and "came" in c for c in complaints)


def test_grade_ids_rule_fires(lesson):
    assert not exercises.grade_ids_are_unique([lesson()])
    twice = exercises.grade_ids_are_unique([lesson(), lesson()])
    assert len(twice) == len(lesson().cells) - len(lesson().reading) - len(lesson().prose)


def test_an_exercise_counts_as_work(lesson):
    """Neither the number of cells nor their length: 35 cells to read, and 5 exercises."""
    full = lesson(lambda nb: [nb.cells.extend(exercise("cuts")) for _ in range(9)])
    assert len(full.code) > 35 and not code.enough_cells(full) and not code.cells_are_short(full)


def test_a_task_may_be_long(lesson):
    long = lesson(lambda nb: nb.cells[EXERCISE - 1].update(source="word " * 2500))
    assert not prose.right_length(long)


def test_a_written_answer_is_an_exercise_too(lesson):
    cell = text("Your answer.")
    cell.metadata.nbgrader = exercises.WRITTEN | {"grade_id": "explain_it", "points": 2}
    assert not exercises.marks_are_nbgraders(lesson(lambda nb: nb.cells.append(cell)))
    cell.metadata.nbgrader["grade"] = False
    assert exercises.marks_are_nbgraders(lesson(lambda nb: nb.cells.append(cell)))
