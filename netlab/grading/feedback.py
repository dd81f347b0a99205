"""What generate_feedback shows: the exercises, each with its task, its answer and its report."""

from __future__ import annotations

from typing import Any

from nbconvert.preprocessors import Preprocessor
from traitlets import Bool


class OnlyExercises(Preprocessor):
    """Leaves the lesson's other cells out of the feedback: the student has them already."""

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        marked = ["nbgrader" in cell.metadata for cell in nb.cells]
        followed = [*marked[1:], False]
        nb.cells = [
            cell
            for cell, is_marked, before_one in zip(nb.cells, marked, followed, strict=True)
            if is_marked or (before_one and cell.cell_type == "markdown")
        ]
        return nb, resources
