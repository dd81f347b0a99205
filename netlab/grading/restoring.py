"""A submission made harmless before it is judged: the handed out cells, the student's words.

Whatever a notebook holds, what comes out has every cell of the handed out one once, with its own
checks and points, and with what the student wrote as answers. All metadata and outputs go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import nbformat
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from netlab.exercises.version import difference
from netlab.grading.handout import STAMP

LONGEST, ALL, CELLS = 25_000, 200_000, 500  # characters of a cell and of all, and cells, kept
# raw HTML would run in the teacher's browser, where marks are given; these tags may stay
TAG = re.compile(r"<(?!/?(?:details|summary|br|b|i|em|strong|code|sub|sup)>)(?=[A-Za-z/!?])")


@dataclass(frozen=True)
class Master:
    """A cell as it was handed out; nbgrader's gradebook keeps it."""

    kind: str
    source: str
    metadata: dict[str, Any]

    @property
    def is_answer(self) -> bool:
        return bool(self.metadata["solution"])


class Restore(NbGraderPreprocessor):
    """Puts the student's answers into the handed out cells; their other cells stay as text."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        of = resources["nbgrader"]
        with Gradebook(of["db_url"]) as book:
            masters = _masters(book.find_notebook(of["notebook"], of["assignment"]))
        if STAMP in masters and (said := difference(masters[STAMP].source.split('"')[1])):
            self.log.warning(said)
        claimed = _claims(nb.cells, masters)
        # not a stub for an answer whose cell is gone: it may have been typed again elsewhere
        missing = [
            name
            for name, master in masters.items()
            if name not in claimed.values() and (master.metadata["grade"] or not master.is_answer)
        ]
        if missing:
            self.log.warning("Missing cells, put back: %s", ", ".join(missing))
        cells, room = [], ALL
        for index, cell in enumerate(nb.cells):
            if index in claimed:
                cells.append(_restored(masters[claimed[index]], claimed[index], _text(cell)))
            elif len(cells) < CELLS and room > 0:
                cells.append(_plain(cell, room))
                room -= len(cells[-1].source)
        cells += [_restored(masters[name], name, masters[name].source) for name in missing]
        for number, cell in enumerate(cells):
            cell.id = f"cell-{number}"
        python = {"name": "python3", "display_name": "Python 3", "language": "python"}
        clean = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": python})
        return clean, resources


def _masters(known: Any) -> dict[str, Master]:
    """The cells that nbgrader keeps of a handed out notebook, by grade_id."""
    points = {cell.name: cell.max_score for cell in (*known.grade_cells, *known.task_cells)}
    answers = {cell.name for cell in known.solution_cells}
    tasks = {cell.name for cell in known.task_cells}
    found = {}
    for cell in known.source_cells:
        metadata = {
            "schema_version": 3,
            "grade_id": cell.name,
            "grade": cell.name in points and cell.name not in tasks,
            "task": cell.name in tasks,
            "solution": cell.name in answers,
            "locked": bool(cell.locked),
            "cell_type": cell.cell_type,
        }
        if cell.name in points:
            metadata["points"] = points[cell.name]
        if cell.checksum:
            metadata["checksum"] = cell.checksum
        found[cell.name] = Master(cell.cell_type, cell.source, metadata)
    return found


def _claims(cells: list[Any], masters: dict[str, Master]) -> dict[int, str]:
    """Which submitted cell stands for which handed out one: of copies the last that was changed,
    else the last."""
    best: dict[str, tuple[bool, int]] = {}
    for index, cell in enumerate(cells):
        try:
            name = cell["metadata"]["nbgrader"]["grade_id"]
            master = masters[name]
        except (KeyError, TypeError, AttributeError):
            continue
        changed = master.is_answer and _text(cell) != master.source
        best[name] = max(best.get(name, (False, -1)), (changed, index))
    return {index: name for name, (_, index) in best.items()}


def _restored(master: Master, name: str, text: str) -> Any:
    if not master.is_answer or text == master.source:
        made = nbformat.v4.new_code_cell if master.kind == "code" else nbformat.v4.new_markdown_cell
        return made(master.source, metadata={"nbgrader": dict(master.metadata)})
    return _cell(master.kind, text[:LONGEST], {"nbgrader": dict(master.metadata)})


def _plain(cell: Any, room: int) -> Any:
    """A cell of the student's own: its words, in what nbgrader never takes for more."""
    kind, text = str(_of(cell, "cell_type")), _text(cell)
    limit = min(LONGEST, room)
    if len(text) > limit:
        text = text[:limit] + "\n# ... cut: too long"
    return _cell("code" if kind == "code" else "markdown", text, {})


def _cell(kind: str, text: str, metadata: dict[str, Any]) -> Any:
    if kind == "code":
        return nbformat.v4.new_code_cell(text, metadata=metadata)
    return nbformat.v4.new_markdown_cell(TAG.sub("&lt;", text), metadata=metadata)


def _text(cell: Any) -> str:
    """A cell's source, as text that can be written to a file."""
    source = _of(cell, "source")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return source.encode("utf-8", "replace").decode() if isinstance(source, str) else ""


def _of(cell: Any, key: str) -> Any:
    return cell.get(key) if isinstance(cell, dict) else None
