"""The lessons' exercises with answers in them: right ones give every point, a wrong one gives red.

With stubs in them the committed notebooks run in `notebooks/` as they are.
"""

import itertools
from pathlib import Path

import fills
import pytest
from lessons import ROOT, notebooks, read

from netlab.exercises.bank import NAMES, find

LESSONS = [path for path in notebooks() if fills.has_exercises(path)]


def short(path):
    return path.relative_to(ROOT / "notebooks")


def a_wrong_one(name):
    return next(iter(find(name).wrong.values())).pieces[-1].text


def wrong_at(start):
    """All exercises in one notebook; every second one is answered by a wrong program."""
    course = fills.only_exercises(read(LESSONS[0]))
    parts = [fills.only_exercises(read(path)).cells for path in LESSONS]
    course.cells = list(itertools.chain(*parts))
    for number, cell in enumerate(course.cells):
        cell.id = f"cell-{number}"
    names = [grade_id.removeprefix("check_") for grade_id in fills.checks(course)][start::2]
    return names, fills.filled(course, {name: a_wrong_one(name) for name in names})


@pytest.fixture(scope="module")
def run():
    """One run of all: starting pytest costs more than most lessons."""
    made = {short(path): fills.only_exercises(fills.filled(read(path))) for path in LESSONS}
    made |= {Path(f"wrong-{start}.ipynb"): wrong_at(start)[1] for start in (0, 1)}
    return fills.run(made)


def test_every_exercise_is_filled():
    assert {name for path in LESSONS for name in fills.checks(read(path))} == {
        f"check_{name}" for name in NAMES
    }


def test_references_give_full_points(run):
    red = [cell for cell in run.failed if not cell.startswith("wrong-")]
    assert run.cells > 2 * len(NAMES) and not red, run.text


@pytest.mark.parametrize("start", [0, 1])
def test_a_wrong_answer_is_red_and_no_other(run, start):
    names, nb = wrong_at(start)
    cells = fills.checks(nb)
    red = {cell for cell in run.failed if cell.startswith(f"wrong-{start}")}
    assert red == {f"wrong-{start}.ipynb::{cells[f'check_{name}']}" for name in names}, run.text


@pytest.mark.proof
@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_rest_of_the_lesson_stays_as_it_is(path):
    done = fills.run({short(path): fills.filled(read(path))})
    assert not done.failed, done.text
