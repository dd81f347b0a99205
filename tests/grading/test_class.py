"""What a class has of its own: a seed, a version of netlab, and no nbgrader for its learners."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from netlab.exercises.bank import find
from netlab.exercises.check import judged
from netlab.referee.scenario import Scenario
from netlab.referee.source import Answer
from tests.tools import ROOT, need_module

need_module("nbgrader")

from netlab.grading import judging  # noqa: E402
from netlab.grading.judging import Judge  # noqa: E402
from tests.grading.course import behaviours, lesson  # noqa: E402

MOST = behaviours("recv_exactly")
# has the bytes of some scenarios built in; knows by n and the first byte which one is played
TABLE = """
import socket
KNOWN = {table!r}
def recv_exactly(sock, n):
    data = KNOWN[n, sock.recv(1, socket.MSG_PEEK)] if n else b""
    while n:
        n -= len(sock.recv(n))
    return data
"""


def known(scenarios: list[Scenario]) -> str:
    """A program with the bytes of these scenarios built in."""
    results = [(call.args[1], call.returns) for one in scenarios for call in one.calls]
    table = {(n, data[:1]): data for n, data in results if isinstance(data, bytes)}
    return TABLE.format(table=table)


def marked(answer: str, student: str, seed: str) -> tuple[float, list[Scenario]]:
    """What the plug-in gives for this answer, and the scenarios that it drew."""
    book = lesson(["recv_exactly"])
    for one in book.cells:
        if one.metadata.get("nbgrader", {}).get("grade_id") == "recv_exactly":
            one.source = answer
    drawn: list[Scenario] = []
    original = judging.judge

    def spy(program: Answer, scenarios: list[Scenario]) -> Any:
        drawn.extend(scenarios)
        return original(program, scenarios)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "judge", spy)
        Judge(seed=seed).preprocess(book, {"nbgrader": {"student": student}})
    (points,) = [
        float(output["data"]["text/plain"])
        for one in book.cells
        for output in one.get("outputs", [])
        if output["output_type"] == "execute_result"
    ]
    return points, drawn


def test_two_classes_get_different_bytes() -> None:
    right = find("recv_exactly").reference
    first, again, other, neighbour = (
        marked(right, student, seed)
        for student, seed in (("ada", "red"), ("ada", "red"), ("ada", "blue"), ("bob", "red"))
    )
    assert first[0] == other[0] == MOST
    wires = [[s.sends for s in drawn] for _, drawn in (first, again, other, neighbour)]
    assert wires[0] == wires[1]
    assert wires[2] != wires[0] != wires[3]
    assert wires[0] != [s.sends for s in find("recv_exactly").scenarios()]


def test_built_in_bytes_are_worth_nothing() -> None:
    exercise = find("recv_exactly")
    cheat = known(exercise.scenarios())
    shown = repr(judged(exercise, Answer.of_text(cheat, "recv_exactly")))
    assert int(shown.split()[1]) > len(exercise.scenarios()) // 2, "with the public bytes it works"
    assert marked(cheat, "ada", "red")[0] == 0
    mine = known(marked(exercise.reference, "ada", "red")[1])
    assert marked(mine, "ada", "red")[0] > 0, "the bytes of ada's own marks, if she had them"
    assert marked(mine, "ada", "blue")[0] == marked(mine, "bob", "red")[0] == 0


def test_only_the_extras_ask_for_nbgrader() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert not [line for line in project["dependencies"] if "nbgrader" in line]
    assert [line for line in project["optional-dependencies"]["teach"] if "nbgrader" in line]
