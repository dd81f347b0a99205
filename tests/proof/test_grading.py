"""A class graded by the real nbgrader, with the plug-in and beside it as it comes."""

from __future__ import annotations

import csv
import itertools
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from netlab.exercises.bank import NAMES, find
from netlab.exercises.check import told
from netlab.referee.verdict import judge
from tests.helpers import ENVIRONMENT
from tests.tools import need_module

need_module("nbgrader")

from tests.grading import clumsy  # noqa: E402
from tests.grading.course import (  # noqa: E402
    ASSIGNMENT,
    STUBS,
    WRITTEN,
    Course,
    automatic,
    behaviours,
)

pytestmark = pytest.mark.proof
FULL = {name: float(behaviours(name)) for name in STUBS}
LARGEST = 200_000  # bytes of an autograded notebook, and of the feedback
MOST = 300.0  # seconds for 500 submissions on two cores
Note = Callable[[str, object], None]


def test_the_instant_verdict_is_the_grade(tmp_path: Path, record_property: Note) -> None:
    """Every program of every bank, through nbgrader: the points and the message of check()."""
    course = Course(tmp_path, names=NAMES)
    programs = {
        name: {**find(name).right, **{f"w_{k}": v for k, v in find(name).wrong.items()}}
        for name in NAMES
    }
    rows = list(itertools.zip_longest(*(found.items() for found in programs.values())))
    for number, row in enumerate(rows):
        texts = {
            name: item[1].pieces[-1].text for name, item in zip(NAMES, row, strict=True) if item
        }
        course.submit(f"s{number}", texts)
    assert course.run("autograde", ASSIGNMENT, timeout=600).returncode == 0
    points, compared = course.points(), 0
    for number, row in enumerate(rows):
        path = tmp_path / "autograded" / f"s{number}" / ASSIGNMENT / "small.ipynb"
        shown = {
            one.metadata.nbgrader["grade_id"]: one.outputs[0]["data"]["text/plain"]
            for one in nbformat.read(path, as_version=4).cells
            if one.cell_type == "code" and one.outputs
        }
        for name, item in zip(NAMES, row, strict=True):
            if item is None:
                continue
            exercise = find(name)
            verdict = judge(exercise.prepare(item[1]), exercise.scenarios())
            assert points[f"s{number}"][name] == sum(verdict.behaviours.values()), (name, item[0])
            instant = told(exercise, verdict)
            graded = shown[f"check_{name}"]
            assert _asked(graded) == _asked(repr(instant)), (name, item[0])
            assert re.findall(r"M\d\d: .*", graded) == re.findall(r"M\d\d: .*", repr(instant))
            compared += 1
    record_property("note", f"instant verdict and grade equal for {compared} programs")


def _asked(report: str) -> list[str]:
    """How many scenarios pass, and the first that does not; its numbers may come from the seed."""
    first, *others = report.splitlines()[:2]
    return [first, *(re.sub(r"[0-9]+", "N", line) for line in others)]


def test_marks_by_hand_and_export(tmp_path: Path) -> None:
    course = Course(tmp_path)
    course.submit("ada", {**clumsy.RIGHT, WRITTEN: "A stream has no messages."})
    course.submit("bob")
    assert course.run("autograde", ASSIGNMENT).returncode == 0
    assert course.points()["ada"][WRITTEN] is None
    by_hand = (
        "from nbgrader.api import Gradebook\n"
        "with Gradebook('sqlite:///gradebook.db') as book:\n"
        f"    grade = book.find_grade('{WRITTEN}', 'small', '{ASSIGNMENT}', 'ada')\n"
        "    assert grade.needs_manual_grade\n"
        "    grade.manual_score, grade.needs_manual_grade = 1.5, False\n"
        f"    said = book.find_comment('{WRITTEN}', 'small', '{ASSIGNMENT}', 'ada')\n"
        "    said.manual_comment = 'And who reads the length?'\n"
        "    book.db.commit()\n"
    )
    command = [sys.executable, "-c", by_hand]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**ENVIRONMENT, "PATH": path}
    subprocess.run(command, cwd=tmp_path, check=True, timeout=60, env=environment)
    assert course.run("autograde", ASSIGNMENT, "--force").returncode == 0
    assert course.points()["ada"][WRITTEN] == 1.5, "graded again, what a person gave stays"
    assert course.run("generate_feedback", ASSIGNMENT).returncode == 0
    html = (tmp_path / "feedback/ada" / ASSIGNMENT / "small.html").read_text()
    assert "And who reads the length?" in html
    assert course.run("export").returncode == 0
    with (tmp_path / "grades.csv").open() as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores == {"ada": sum(FULL.values()) + 1.5, "bob": 0.0}


def test_five_hundred_submissions(tmp_path: Path, record_property: Note) -> None:
    """Right, wrong and untouched answers mixed, graded by two commands side by side."""
    course = Course(tmp_path)
    cycles = {
        name: itertools.cycle(
            [p.pieces[-1].text for p in (*find(name).right.values(), *find(name).wrong.values())]
        )
        for name in STUBS
    }
    for number in range(500):
        answers = {name: next(cycle) for name, cycle in cycles.items()} if number % 10 else {}
        course.submit(f"{'ab'[number % 2]}{number:03}", answers)
    cpu, start = sum(os.times()[:4]), time.monotonic()
    halves = [("autograde", ASSIGNMENT, "--student", f"{half}*") for half in "ab"]
    assert course.side_by_side(*halves, timeout=4 * MOST) == [0, 0]
    took, computed = time.monotonic() - start, sum(os.times()[:4]) - cpu
    points = course.points()
    assert len(points) == 500 and all(None not in automatic(p).values() for p in points.values())
    written = [path.stat().st_size for path in tmp_path.glob("autograded/*/*/*.ipynb")]
    assert len(written) == 500 and max(written) <= LARGEST
    record_property(
        "note",
        f"500 submissions graded in {took:.0f} s by two commands that computed for "
        f"{computed:.0f} s; the largest has {max(written)} bytes",
    )
    # other programs may hold the processors: then two of them had been enough
    assert min(took, computed / 2) <= MOST
