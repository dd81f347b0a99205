"""nbgrader's own commands on a small class; the long list of attacks is in tests/proof."""

from __future__ import annotations

import builtins
import importlib.util
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import nbformat
import pytest

from netlab.exercises import version
from netlab.exercises.bank import find
from tests.helpers import ENVIRONMENT
from tests.tools import need_module

need_module("nbgrader")

from netlab.grading.handout import STAMP, OnlyOurs  # noqa: E402
from tests.grading import clumsy, hostile  # noqa: E402
from tests.grading.course import ASSIGNMENT, STUBS, WRITTEN, Course, cell, lesson  # noqa: E402

FULL = {"recv_exactly": 6, "LineReader": 6, "send_message": 4, "recv_message": 6, "cuts": 4}
ONE_RECV = find("recv_exactly").wrong["one_recv"].pieces[-1].text


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """A class of eight, graded once."""
    course = Course(tmp_path_factory.mktemp("course"), kept=True)
    course.submit("right", {**clumsy.RIGHT, WRITTEN: "Because a stream has no messages."})
    course.submit("untouched")
    course.submit("one_recv", {"recv_exactly": ONE_RECV})
    course.submit("broken", {**clumsy.RIGHT, "LineReader": "class LineReader(:"})
    course.submit("twice", {}, hostile.CHANGES["has_every_cell_twice"])
    course.submit("opens_scripts", {}, hostile.CHANGES["has_a_script_for_the_teacher"])
    course.submit("patches", {"recv_exactly": hostile.CODE["patches_netlab"]})
    hostile.FILES["is_cut"](course, "cut")
    done = course.run("autograde", ASSIGNMENT)
    assert done.returncode == 0, done.stderr
    assert "SAWarning" not in done.stderr
    assert "right, recv_exactly: 6 of 6 points (" in done.stderr
    yield course
    course.close()


def test_every_answer_gets_what_it_deserves(course: Course) -> None:
    points = course.points()
    nothing = dict.fromkeys(FULL, 0)
    for student in ("untouched", "twice", "opens_scripts", "patches", "cut"):
        assert {name: points[student][name] for name in FULL} == nothing, student
    assert {name: points["right"][name] for name in FULL} == FULL
    assert {name: points["broken"][name] for name in FULL} == {**FULL, "LineReader": 0}


def test_part_of_the_points_for_part_of_the_behaviours(course: Course) -> None:
    assert course.points()["one_recv"]["recv_exactly"] == 1
    text = (course.root / "autograded/one_recv" / ASSIGNMENT / "small.ipynb").read_text()
    assert "Right: whole messages." in text
    assert "Not yet: short reads, what follows stays, the end of the stream" in text
    assert "M03: recv(n) was taken for exactly n bytes." in text


def test_a_written_answer_waits_for_a_person(course: Course) -> None:
    points = course.points()
    assert points["untouched"][WRITTEN] == 0 and points["right"][WRITTEN] is None


def test_feedback_says_why_and_runs_nothing(course: Course) -> None:
    done = course.run("generate_feedback", ASSIGNMENT, "--student", "o*")
    assert done.returncode == 0, done.stderr
    html = (course.root / "feedback/one_recv" / ASSIGNMENT / "small.html").read_text()
    assert "Points: 1 of 6." in html and "Read again: lesson 21" in html
    assert len(html) < 200_000 and "from netlab import check, hint" not in html
    html = (course.root / "feedback/opens_scripts" / ASSIGNMENT / "small.html").read_text()
    assert "<script>document.title" not in html and "<img src=x" not in html
    assert "&lt;script" in html or "&amp;lt;script" in html


def test_the_handed_out_notebook_keeps_its_stubs_and_says_its_version(course: Course) -> None:
    released = course.released()
    sources = {
        one.metadata.get("nbgrader", {}).get("grade_id"): one.source for one in released.cells
    }
    assert {name: sources[name] for name in STUBS} == STUBS
    assert "handed_out_with(" in sources["netlab_version"]


def test_another_netlab_is_said_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    here = version.version(version.NAME)
    version.handed_out_with(here)
    assert capsys.readouterr().out == ""
    version.handed_out_with("0.0.1")
    said = capsys.readouterr().out
    assert f"handed out with netlab 0.0.1, and here is netlab {here}" in said
    assert said.count("\n") == 1


def test_autograde_warns_of_another_netlab(course: Course) -> None:
    """As if the notebook had been handed out long ago."""
    with closing(sqlite3.connect(course.root / "gradebook.db")) as book, book:
        change = "update source_cell set source = replace(source, ?, '0.0.1') where name = ?"
        book.execute(change, (version.version(version.NAME), STAMP))
    done = course.run("autograde", ASSIGNMENT, "--force", "--student", "broken")
    assert done.returncode == 0 and "was handed out with netlab 0.0.1, and here" in done.stderr
    assert course.points()["broken"]["recv_exactly"] == FULL["recv_exactly"]


def test_a_test_of_nobodys_is_refused() -> None:
    with pytest.raises(ValueError, match="'check_recv_all' asks for an exercise that netlab does"):
        OnlyOurs().preprocess(lesson(["recv_exactly"]), {})
        asked = cell("assert recv_all()", "check_recv_all", grade=True, points=1)
        OnlyOurs().preprocess(nbformat.v4.new_notebook(cells=[asked]), {})


@pytest.mark.parametrize("seed", ["", "  ", None])
def test_a_class_needs_a_seed(seed: object) -> None:
    from netlab.grading import configure

    with pytest.raises(ValueError, match="secret word"):
        configure(None, seed)  # type: ignore[arg-type]


def test_a_learner_never_meets_nbgrader() -> None:
    code = (
        "import sys; sys.modules['nbgrader'] = None\n"
        "import netlab\nfor name in netlab.__all__: getattr(netlab, name)\n"
        "from netlab.exercises.bank import find; find('cuts').scenarios()\n"
        "del sys.modules['nbgrader']\n"
        "assert not [m for m in sys.modules if m.startswith(('nbgrader', 'netlab.grading'))]\n"
    )
    subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, check=True, timeout=60)


def test_without_nbgrader_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("netlab.grading")]:
        monkeypatch.delitem(sys.modules, name)
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name, *a: None if name == "nbgrader" else found(name, *a),
    )
    with pytest.raises(ModuleNotFoundError, match=r'pip install "netlab-course\[teach\]"'):
        builtins.__import__("netlab.grading")
