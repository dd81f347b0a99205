"""Hostile, clumsy and honest submissions: the plug-in's marks, and stock nbgrader's beside them."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import fills
import nbformat
import pytest
from lessons import notebooks

from netlab.exercises.bank import NAMES
from tests.tools import need_module

need_module("nbgrader")

from tests.grading import clumsy, hostile  # noqa: E402
from tests.grading.course import (  # noqa: E402
    ASSIGNMENT,
    CONFIG,
    STOCK,
    STUBS,
    Course,
    automatic,
    behaviours,
)

pytestmark = pytest.mark.proof
LESSONS = [path for path in notebooks() if fills.has_exercises(path)]
FULL = {name: float(behaviours(name)) for name in STUBS}
NOTHING = dict.fromkeys(STUBS, 0.0)
LARGEST = 200_000  # bytes of an autograded notebook, and of the feedback
Note = Callable[[str, object], None]


@dataclass
class Class:
    """A class that handed in everything in tests/grading, and what became of it."""

    course: Course
    attacks: list[str]
    clumsies: list[str]
    code: int
    said: str
    took: float

    @property
    def all(self) -> list[str]:
        return ["right", "untouched", *self.attacks, *self.clumsies]


def handed_in(root: Path, config: str) -> Class:
    course = Course(root, config)
    course.submit("right", clumsy.RIGHT)
    course.submit("untouched")
    return Class(course, hostile.submit_all(course), clumsy.submit_all(course), -1, "", 0.0)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """Graded with the plug-in, in one command."""
    them = handed_in(tmp_path_factory.mktemp("ours"), CONFIG)
    start = time.monotonic()
    done = them.course.run("autograde", ASSIGNMENT, timeout=1200)
    them.took = time.monotonic() - start
    them.code, them.said = done.returncode, done.stderr
    return them


def test_hostile_and_clumsy_submissions(ours: Class, record_property: Note) -> None:
    root = ours.course.root
    assert len(ours.attacks) >= 16 and len(ours.clumsies) >= 10
    assert ours.code == 0, ours.said[-3000:]
    points = ours.course.points()
    assert {s: automatic(points[s]) for s in ours.attacks} == dict.fromkeys(ours.attacks, NOTHING)
    deserving = ["right", *ours.clumsies]
    assert {s: automatic(points[s]) for s in deserving} == dict.fromkeys(deserving, FULL)
    assert automatic(points["untouched"]) == NOTHING and not _extra(root)
    assert (root / "nbgrader_config.py").read_text() == CONFIG.format(source=root / "lessons")
    done = ours.course.run("generate_feedback", ASSIGNMENT, timeout=1200)
    assert done.returncode == 0, done.stderr[-3000:]
    written = [*root.glob("autograded/*/*/*.ipynb"), *root.glob("feedback/*/*/*.html")]
    assert len(written) == 2 * len(ours.all)
    largest = max(path.stat().st_size for path in written)
    assert largest <= LARGEST
    everything = "".join(path.read_text() for path in written if "script" in str(path))
    assert "<script>document.title" not in everything and "<img src=x" not in everything
    record_property(
        "note",
        f"netlab's plug-in: {len(ours.attacks)} hostile submissions 0 points each, "
        f"{len(ours.clumsies)} clumsy ones all points, return code 0, {ours.took:.0f} s; "
        f"the largest file written has {largest} bytes",
    )


def test_stock_nbgrader_beside_it(ours: Class, tmp_path: Path, record_property: Note) -> None:
    """The same submissions without the plug-in, each in a run of its own: what it is there for."""
    theirs = handed_in(tmp_path, STOCK)
    harmful = {"".join(c if c.isalnum() else "_" for c in name) for name in hostile.HARMFUL}
    harmful.add("is_a_giant")  # four gigabytes would be read into memory
    with_plugin, table = ours.course.points(), []
    forged, lost, broken, harmed = [], [], [], ""
    for student in theirs.all:
        words = ("--student", student, "--ExecutePreprocessor.timeout=4")
        code, points = None, {}
        if student not in harmful:
            try:
                code = theirs.course.run("autograde", ASSIGNMENT, *words, timeout=60).returncode
            except subprocess.TimeoutExpired:
                code = -1
            points = theirs.course.points().get(student, {})
            broken += [student] if code else []
            total = sum(points.get(name) or 0 for name in STUBS)
            forged += [student] if student in theirs.attacks and total else []
            lost += [student] if student in theirs.clumsies and automatic(points) != FULL else []
        if not harmed and (_extra(tmp_path) or automatic(theirs.course.points()["right"]) != FULL):
            harmed = student
        if student in ("right", "untouched"):
            assert automatic(points) == automatic(with_plugin[student])
        table.append(f"{student}: {_total(with_plugin[student])} | {_said(code, points)}")
    assert len(forged) >= 3 and broken and lost
    record_property("note", "points with the plug-in | stock nbgrader\n  " + "\n  ".join(table))
    record_property(
        "note",
        f"stock nbgrader, of {len(theirs.all) - len(harmful)} that may be tried: points for "
        f"nothing {len(forged)}; run ended with an error {len(broken)}; right answers that lost "
        f"points {len(lost)}; other people's marks changed by: {harmed or 'nobody'}",
    )


def _total(points: dict[str, float | None]) -> str:
    got = [points.get(name) for name in STUBS]
    return "none" if None in got else f"{sum(filter(None, got)):g}"


def _said(code: int | None, points: dict[str, float | None]) -> str:
    if code is None:
        return "not tried: it would do harm"
    return _total(points) + (f", and the run ended with {code}" if code else "")


def _extra(root: Path) -> bool:
    """Did somebody get extra credit?"""
    with closing(sqlite3.connect(root / "gradebook.db")) as book:
        return bool(book.execute("select sum(extra_credit) from grade").fetchone()[0])


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_stock_nbgrader_agrees_on_a_lesson(path: Path, tmp_path: Path) -> None:
    """A whole lesson as it is handed out: nothing for its stubs, everything for the references."""
    got = {}
    for config in (CONFIG, STOCK):
        root = tmp_path / ("ours" if config == CONFIG else "stock")
        shutil.copytree(path.parent, root / "lessons" / path.parent.name)
        course = Course(root, config, assignment=path.parent.name)
        for student in ("untouched", "right"):
            folder = course.folder(student)
            shutil.copytree(root / "release" / path.parent.name, folder, dirs_exist_ok=True)
        handed = folder / path.name
        nbformat.write(fills.filled(nbformat.read(handed, as_version=4)), handed)
        done = course.run("autograde", path.parent.name, timeout=600)
        assert done.returncode == 0, done.stderr[-3000:]
        points = course.points()
        got[root.name] = {
            s: {name: points[s][name] for name in NAMES if name in points[s]} for s in points
        }
    assert got["ours"] == got["stock"] and got["ours"]["right"]
    assert got["ours"]["right"] == {name: behaviours(name) for name in got["ours"]["right"]}
    assert set(got["ours"]["untouched"].values()) == {0}
