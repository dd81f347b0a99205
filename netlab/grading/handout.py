"""What generate_assignment does for our lessons: stubs stay, a version stamp comes in."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import nbformat
from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from netlab.exercises.bank import NAMES, NoExercise, find
from netlab.exercises.version import NAME

STAMP = "netlab_version"
CHECK = "check_"


def exercise_id(cell: Any) -> str:
    """The exercise that this cell gives the points for; "" if a person gives them, or nobody."""
    if cell.cell_type != "code" or not is_grade(cell) or is_solution(cell):
        return ""
    return str(cell.metadata.nbgrader["grade_id"]).removeprefix(CHECK)


class OnlyOurs(NbGraderPreprocessor):
    """Refuses tests that nobody would run: only the referee judges code here."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        for cell in nb.cells:
            name = exercise_id(cell)
            try:
                if name:
                    find(name)
            except NoExercise:
                raise ValueError(
                    f"the cell {CHECK + name!r} asks for an exercise that netlab does not have; "
                    f"it has {', '.join(NAMES)}. Ask for a written answer instead (manual grading)."
                ) from None
        return nb, resources


class Stamp(NbGraderPreprocessor):
    """Puts a locked cell before the first code cell, which tells a learner of another netlab."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        if not any(exercise_id(cell) for cell in nb.cells):
            return nb, resources
        cell = nbformat.v4.new_code_cell(stamp_text(), id=STAMP.replace("_", "-"))
        cell.metadata.nbgrader = {
            "schema_version": 3,
            "grade_id": STAMP,
            "locked": True,
            "grade": False,
            "solution": False,
            "task": False,
        }
        first = next(i for i, cell in enumerate(nb.cells) if cell.cell_type == "code")
        nb.cells.insert(first, cell)
        return nb, resources


def stamp_text() -> str:
    """The stamp's source, with the version of netlab that is here."""
    return (
        "from netlab.exercises.version import handed_out_with\n\n"
        f'handed_out_with("{version(NAME)}")'
    )


class KeepStubs(ClearSolutions):
    """Takes out what stands between BEGIN SOLUTION and END SOLUTION, and nothing else: a cell
    without them is the learner's stub already."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        if "BEGIN SOLUTION" in cell.source:
            return super().preprocess_cell(cell, resources, cell_index)
        return cell, resources
