"""Notebooks made for tests: one that keeps every rule, and ways to make others."""

import base64

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from netlab.exercises.bank import NAMES, find
from tests.hygiene import exercises

PIXEL = base64.b64encode(bytes(120)).decode()
SENTENCE = "A stream of bytes has no marks where one message ends and the next begins. "
OPENING = """# Read a byte stream
## What you will do
## What you will learn
## What you need
About 75 minutes.
"""
CLOSING = "## Build it\n## Break it\n## Recall\n## Next\n"


def code(source, *outputs, tags=()):
    """A run cell; its number is given by `notebook`."""
    return new_code_cell(
        source, outputs=list(outputs), metadata={"tags": list(tags)} if tags else {}
    )


def text(source):
    return new_markdown_cell(source)


def printed(words, name="stdout"):
    return new_output("stream", name=name, text=words)


def shown(words, **mimes):
    return new_output(
        "display_data", {"text/plain": words, **{k.replace("_", "/"): v for k, v in mimes.items()}}
    )


def error(name="ValueError", value="too short"):
    return new_output("error", ename=name, evalue=value, traceback=[])


def exercises_of(lesson):
    """The cells of all its exercises."""
    names = [name for name in NAMES if find(name).lesson == lesson]
    return [cell for name in names for cell in exercise(name, exercises.points(name))]


def exercise(name, points=1):
    """A task with its hints, a stub, and its check, as a lesson has them."""
    stub, check = code(f"def {name}():\n    raise NotImplementedError"), code(f"check({name})")
    stub.metadata.nbgrader = exercises.STUB | {"grade_id": name}
    check.metadata.nbgrader = exercises.CHECK | {"grade_id": f"check_{name}", "points": points}
    check.metadata |= exercises.FIXED
    told = exercises.hints(name) if name in NAMES else "No hints."
    return [text(f"Write {name}.\n\n{told}"), stub, check]


def notebook(*cells):
    """A notebook whose code cells carry the numbers 1..n."""
    nb = new_notebook(cells=list(cells))
    nb.metadata.kernelspec = {
        "name": "python3",
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
    }
    for number, cell in enumerate((c for c in nb.cells if c.cell_type == "code"), 1):
        cell.execution_count = number
    return nb


def good():
    """A lesson with which every rule is content."""
    cells = [text(OPENING)]
    for step in range(20):
        cells += [code(f"print({step})", printed(f"{step}\n")), text(SENTENCE * 6)]
    cells[-2].outputs.append(shown("round trips: 20 dots, one axis", image_png=PIXEL))
    nb = notebook(*cells, text(CLOSING), *exercises_of(21))
    nb.metadata.netlab = {"number": "21"}
    return nb
