"""Right answers in notebooks that went through clumsy hands: they deserve all their points."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import nbformat

from netlab.exercises.bank import find
from tests.grading.course import STUBS, Course

RIGHT = {name: find(name).reference for name in STUBS}


def _of(notebook: Any, name: str) -> int:
    """The place of the cell with this grade_id."""
    ids = [one.metadata.get("nbgrader", {}).get("grade_id") for one in notebook.cells]
    return ids.index(name)


def _insert(notebook: Any, place: int, *texts: str) -> None:
    notebook.cells[place:place] = [nbformat.v4.new_code_cell(text) for text in texts]


def _copied_check(notebook: Any) -> None:
    place = _of(notebook, "check_recv_exactly")
    notebook.cells.insert(place, notebook.cells[place].copy())


def _copied_answer(notebook: Any) -> None:
    """An old version is kept above the answer."""
    place = _of(notebook, "recv_exactly")
    old = notebook.cells[place].copy()
    old.source = STUBS["recv_exactly"]
    notebook.cells.insert(place, old)


def _split(notebook: Any) -> None:
    place = _of(notebook, "recv_message")
    first = notebook.cells[place].copy()
    first.source = "import struct\nSIZE = 2 + 2"
    notebook.cells[place].source = (
        "def recv_message(sock, limit):\n"
        '    (length,) = struct.unpack("!I", recv_exactly(sock, SIZE))\n'
        "    if length > limit:\n        raise ValueError(length)\n"
        "    return recv_exactly(sock, length)"
    )
    notebook.cells.insert(place, first)


def _no_checks(notebook: Any) -> None:
    notebook.cells = [one for one in notebook.cells if not one.source.startswith("check(")]


def _edited_check(notebook: Any) -> None:
    for one in notebook.cells:
        if one.source.startswith("check("):
            one.source = "print('now!')\n" + one.source + "  # hurrah"


def _retyped(notebook: Any) -> None:
    """Answers and checks deleted, and typed again in cells of their own."""
    for name in STUBS:
        del notebook.cells[_of(notebook, name)]
        del notebook.cells[_of(notebook, f"check_{name}")]
        _insert(notebook, len(notebook.cells), RIGHT[name], f"check({name})")


def _noise(notebook: Any) -> None:
    place = _of(notebook, "recv_exactly")
    one = notebook.cells[place]
    first, rest = one.source.split("\n", 1)
    talk = (
        '    print("called")\n    logging.warning("called")\n    warnings.warn("called")\n'
        '    sys.stderr.write("called")\n'
    )
    one.source = f"{first}\n{talk}{rest}"
    _insert(notebook, place, "import logging, sys\nimport warnings")


def _tries_things(notebook: Any) -> None:
    """Cells that nobody should run: they wait, fail, or never end."""
    place = _of(notebook, "check_recv_exactly")
    trials = (
        "from netlab import EchoServer\nserver = EchoServer()\nsock = server",
        "input('name? ')",
        "import time\nwhile True:\n    time.sleep(1)",
        "%matplotlib inline\n!ls\nn = 5",
        "recv_exactly(sock, 5)",
        "1 / 0",
    )
    _insert(notebook, place, *trials)


def _helpers(notebook: Any) -> None:
    """The answer is spread over cells, one of them below."""
    one = notebook.cells[_of(notebook, "recv_exactly")]
    one.source = "%%time\n" * 0 + (
        "def recv_exactly(sock, n):\n    parts = []\n    while (missing := n - size(parts)):\n"
        "        parts.append(more(sock, missing, n))\n    return b''.join(parts)"
    )
    _insert(notebook, 2, "def size(parts: list[bytes]) -> int:\n    return sum(map(len, parts))")
    _insert(
        notebook,
        3,
        "END = {True: EOFError}\nEND[False] = ValueError",
        "def more(sock, missing, n):\n    chunk = sock.recv(missing)\n    if not chunk:\n"
        "        raise END[True](f'{n - missing} of {n} bytes')\n    return chunk",
    )


def _windows(notebook: Any) -> None:
    for one in notebook.cells:
        one.source = one.source.replace("\n", "\r\n")


def _old_format(notebook: Any) -> None:
    notebook.nbformat_minor = 2
    for one in notebook.cells:
        one.pop("id", None)
        one.metadata["collapsed"] = True
        one.metadata["scrolled"] = "auto"


def _raw(notebook: Any) -> None:
    """An answer's cell became text by the key R."""
    one = notebook.cells[_of(notebook, "recv_exactly")]
    one.cell_type = "raw"
    one.pop("outputs"), one.pop("execution_count")


def _saved_outputs(notebook: Any) -> None:
    big = nbformat.v4.new_output("stream", name="stderr", text="x" * 3_000_000)
    for one in notebook.cells:
        if one.cell_type == "code":
            one.outputs = [big]


CHANGES: dict[str, Callable[[Any], object]] = {
    "as_it_should_be": lambda notebook: None,
    "a_copied_check": _copied_check,
    "a_copied_answer": _copied_answer,
    "a_split_answer": _split,
    "no_checks": _no_checks,
    "edited_checks": _edited_check,
    "all_retyped": _retyped,
    "prints_warnings_logging": _noise,
    "trials_between": _tries_things,
    "helpers_in_other_cells": _helpers,
    "windows_line_ends": _windows,
    "an_old_format": _old_format,
    "an_answer_as_raw_text": _raw,
}


def submit_all(course: Course) -> list[str]:
    """Hand in every clumsy submission; the students' names. All deserve full marks."""
    for student, change in CHANGES.items():
        course.submit(student, RIGHT, change)
    course.submit("a_new_name", RIGHT, name="small (1).ipynb")
    course.submit("two_files", {}, name="another.ipynb")
    course.submit("two_files", RIGHT)
    course.submit("saved_outputs", RIGHT, _saved_outputs)
    return [*CHANGES, "a_new_name", "two_files", "saved_outputs"]
