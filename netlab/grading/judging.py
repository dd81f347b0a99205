"""The marks: every check cell gets the referee's verdict, and nothing of the notebook is run."""

from __future__ import annotations

import hashlib
from typing import Any

import nbformat
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode

from netlab.exercises.bank import Exercise, NoExercise, find
from netlab.exercises.check import told
from netlab.grading.handout import exercise_id
from netlab.grading.reading import Cells
from netlab.referee.report import Report
from netlab.referee.verdict import judge


class Judge(NbGraderPreprocessor):
    """Judges each answer from its text; nbgrader reads the points from the check cell's output."""

    seed = Unicode("", help="a secret word of this class").tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        student = resources["nbgrader"]["student"]
        digest = hashlib.sha256(f"{self.seed}\n{student}".encode()).hexdigest()
        cells = Cells([cell.source if cell.cell_type == "code" else "" for cell in nb.cells])
        homes = {_grade_id(cell): index for index, cell in enumerate(nb.cells)}
        for index, cell in enumerate(nb.cells):
            if name := exercise_id(cell):
                most = float(cell.metadata.nbgrader["points"])
                result = grade(name, cells, index, homes.get(name, -1), digest)
                points = round(most * result.share, 2)
                cell.outputs = _outputs(result, points, most)
                self.log.info(
                    "%s, %s: %g of %g points (%s)",
                    student,
                    name,
                    points,
                    most,
                    result.level.partition(":")[0],
                )
        return nb, resources


class Grade:
    """The part of the points that an answer deserves, with the words for it."""

    def __init__(self, report: Report, behaviours: dict[str, bool], level: str) -> None:
        self.report, self.behaviours, self.level = report, behaviours, level

    @property
    def share(self) -> float:
        right = self.behaviours.values()
        return sum(right) / len(right) if right else 0.0

    def points(self, got: float, most: float) -> str:
        """What the points are for, in a line or three."""
        lines = [f"Points: {got:g} of {most:g}."]
        for word, wanted in (("Right", True), ("Not yet", False)):
            named = [name for name, right in self.behaviours.items() if right is wanted]
            lines += [f"{word}: {', '.join(named)}."] if named else []
        return "\n".join(lines)


def grade(name: str, cells: Cells, check: int, home: int, seed: str) -> Grade:
    """Judge the exercise's answer among these cells.

    check and home are the numbers of its check cell and of the cell that was handed out for the
    answer; -1 where there is none.
    """
    try:
        exercise = find(name)
    except NoExercise as error:
        return Grade(Report(False, str(error)), {}, "nothing was run")
    answer = cells.answer(name, check, exercise.needs)
    if answer is None or answer.is_stub:
        return Grade(_why_nothing(exercise, cells, home), {}, "nothing was run")
    verdict = judge(exercise.prepare(answer), exercise.scenarios(seed))
    return Grade(told(exercise, verdict), verdict.behaviours, verdict.level)


def _why_nothing(exercise: Exercise, cells: Cells, home: int) -> Report:
    name = exercise.name
    if home in cells.errors:
        return Report(False, f"{name}: the cell is no Python: {cells.errors[home]}.")
    if any(name in statement.binds for statement in cells.statements):
        return Report(False, f"{name}: not attempted yet.")
    return Report(False, f"{name}: no cell of the notebook defines it.")


def _outputs(result: Grade, points: float, most: float) -> list[Any]:
    """The report, what the points are for, and the points as nbgrader reads them."""
    shown = {"text/plain": repr(result.report), "text/html": result.report._repr_html_()}
    return [
        nbformat.v4.new_output("display_data", data=shown),
        nbformat.v4.new_output("stream", name="stdout", text=result.points(points, most) + "\n"),
        nbformat.v4.new_output("execute_result", data={"text/plain": f"{points:g}"}),
    ]


def _grade_id(cell: Any) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
