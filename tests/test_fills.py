"""The lessons' exercises with answers in them: right ones give every point, a wrong one gives red.

With stubs in them the committed notebooks run in `notebooks/` as they are.
"""

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


@pytest.fixture(scope="module")
def one_notebook():
    """All exercises three times: with right answers, then with a wrong one at every second place,
    then at the others. And (time, name, the check's cell as nbval calls it) of each."""
    course = fills.only_exercises(read(LESSONS[0]))
    course.cells, asked = [], []
    for time in ("right", "wrong, first", "wrong, then"):
        exercises = merged(time)
        asked += [
            (time, grade_id.removeprefix("check_"), number + len(course.cells))
            for number, grade_id in enumerate(map(fills.check_id, exercises))
            if grade_id
        ]
        course.cells += exercises
    for number, cell in enumerate(course.cells):
        cell.id = f"cell-{number}"
    return course, [(time, name, f"all.ipynb::Cell {number}") for time, name, number in asked]


def merged(time):
    """The cells of all lessons' exercises, filled."""
    parts = [fills.only_exercises(read(path)) for path in LESSONS]
    names = [i.removeprefix("check_") for part in parts for i in fills.checks(part)]
    wrong = {"right": [], "wrong, first": names[::2], "wrong, then": names[1::2]}[time]
    answers = {name: a_wrong_one(name) for name in wrong}
    return [cell for part in parts for cell in fills.filled(part, answers).cells]


@pytest.fixture(scope="module")
def run(one_notebook):
    """One kernel for all: starting one costs more than judging the answers of a lesson."""
    return fills.run({Path("all.ipynb"): one_notebook[0]})


def test_every_exercise_is_filled():
    assert {name for path in LESSONS for name in fills.checks(read(path))} == {
        f"check_{name}" for name in NAMES
    }


def test_references_give_full_points(run, one_notebook):
    checks = [cell for time, _, cell in one_notebook[1] if time == "right"]
    assert len(checks) == len(NAMES) and run.cells > 6 * len(NAMES)
    assert not set(run.failed) & set(checks), run.text


def test_a_wrong_answer_is_red_and_no_other(run, one_notebook):
    for start, when in enumerate(("wrong, first", "wrong, then")):
        checks = [cell for time, _, cell in one_notebook[1] if time == when]
        red = [cell for cell in checks if cell in run.failed]
        assert red == checks[start::2], run.text
    assert len(run.failed) == len(NAMES), run.text


@pytest.mark.proof
@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_rest_of_the_lesson_stays_as_it_is(path):
    done = fills.run({short(path): fills.filled(read(path))})
    assert not done.failed, done.text
