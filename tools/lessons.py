"""Where the lessons are, and what in a notebook may be compared."""

import re
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
UNCOMPARED = {"nbval-ignore-output", "nbval-skip"}
MARKERS = {"# NBVAL_IGNORE_OUTPUT", "# NBVAL_SKIP"}


def notebooks(root=ROOT / "notebooks"):
    """Every committed notebook, start-here first, then by lesson number."""
    found = [p for p in root.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts]
    return sorted(found, key=lambda p: (p.parent != root, p.as_posix()))


def read(path):
    return nbformat.read(path, as_version=4)


def write(nb, path):
    """Write whole or not at all: a stopped run leaves the old file."""
    draft = path.with_suffix(".ipynb.new")
    nbformat.write(nb, draft)
    draft.replace(path)


def code_cells(nb):
    return [cell for cell in nb.cells if cell.cell_type == "code"]


def tags(cell):
    return set(cell.metadata.get("tags", []))


def is_compared(cell):
    """Does nbval hold this cell's saved output against a new run?"""
    lines = {line.strip() for line in cell.source.splitlines()}
    return not (tags(cell) & UNCOMPARED or lines & MARKERS) and cell.execution_count is not None


def cleared(nb):
    """The learner's copy: no outputs, so that a prediction can be honest."""
    for cell in code_cells(nb):
        cell.outputs, cell.execution_count = [], None
    return nb


def comparable(text):
    """The same text as nbval compares it (tests/sanitize.cfg), with JupyterLab's line ends."""
    rules = (ROOT / "tests/sanitize.cfg").read_text(encoding="utf-8")
    for regex, replacement in re.findall(r"^regex: (.*)\nreplace: (.*)$", rules, re.MULTILINE):
        text = re.sub(regex, replacement, text)
    return text.replace("\r\n", "\n")


def texts(cell):
    """All that a cell shows in words, by kind."""
    said = {"stdout": "", "stderr": "", "shown": [], "error": ""}
    for output in cell.outputs:
        if output.output_type == "stream":
            said[output.name] += comparable(output.text)
        elif output.output_type == "error":
            said["error"] = comparable(f"{output.ename}: {output.evalue}")
        else:
            said["shown"].append(comparable(output.data.get("text/plain", "")))
    return said
