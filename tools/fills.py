"""Put an answer into every exercise of a lesson, and run it: each check must give full points."""

import argparse
import ast
import copy
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from lessons import ROOT, code_cells, notebooks, read, write
from nbformat.v4 import new_output
from nbval_run import nbval

from netlab.exercises.bank import find
from netlab.referee.report import Report


def marks(cell):
    return cell.metadata.get("nbgrader", {})


def has_exercises(path):
    return any(marks(cell) for cell in code_cells(read(path)))


def filled(nb, answers=None):
    """The notebook with answers in its stubs, the bank's own unless given, and checks that pass."""
    nb = copy.deepcopy(nb)
    for cell in code_cells(nb):
        name = marks(cell).get("grade_id", "")
        if marks(cell).get("solution"):
            cell.source = (answers or {}).get(name) or find(name).reference
        elif check_id(cell):
            cell.outputs = [_passed(name.removeprefix("check_"))]
    return nb


def only_exercises(nb):
    """The exercises and what is imported for them: enough to judge answers, in a second."""
    nb = copy.deepcopy(nb)
    nb.cells = [cell for cell in code_cells(nb) if marks(cell) or _imports(cell)]
    return nb


def checks(nb):
    """The names that nbval gives to the checks' cells: Cell N, counted from 0."""
    cells = enumerate(code_cells(nb))
    return {check_id(cell): f"Cell {n}" for n, cell in cells if check_id(cell)}


def check_id(cell):
    """check_recv_exactly and the like; "" for a cell that checks nothing."""
    return marks(cell)["grade_id"] if marks(cell).get("grade") else ""


def run(lessons):
    """Strict nbval over {path below notebooks/: notebook}, with the lessons' files beside them.

    Points are counted as nbgrader counts: a check gives all of them if it ends without an error.
    """
    with tempfile.TemporaryDirectory() as folder, _as_nbgrader_does():
        for path, nb in lessons.items():
            place = Path(folder, path)
            if not place.parent.exists() and (beside := ROOT / "notebooks" / path.parent).is_dir():
                shutil.copytree(beside, place.parent, ignore=shutil.ignore_patterns("*.ipynb"))
            place.parent.mkdir(parents=True, exist_ok=True)
            write(nb, place)
        return nbval([Path(folder, path) for path in lessons])


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebook", nargs="*", type=Path, help="only these")
    parser.add_argument("--quick", action="store_true", help="only the exercises' cells")
    options = parser.parse_args(arguments)
    paths = [path.resolve() for path in options.notebook or notebooks() if has_exercises(path)]
    change = only_exercises if options.quick else copy.copy
    done = run({p.relative_to(ROOT / "notebooks"): change(filled(read(p))) for p in paths})
    print(done.text)
    return 1 if done.failed else 0


def _passed(name):
    report = Report(True, f"{name}: all {len(find(name).scenarios())} scenarios pass.")
    shown = {"text/plain": repr(report), "text/html": report._repr_html_()}
    return new_output("display_data", shown)


def _imports(cell):
    return all(
        isinstance(line, ast.Import | ast.ImportFrom) for line in ast.parse(cell.source).body
    )


@contextmanager
def _as_nbgrader_does():
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    try:
        yield
    finally:
        del os.environ["NBGRADER_EXECUTION"]


if __name__ == "__main__":
    sys.exit(main())
