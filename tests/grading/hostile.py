"""Submissions that want marks which they do not deserve, or that nobody gets any.

Each leaves a stub for every exercise but recv_exactly, and deserves nothing. ROOT is the teacher's
folder. What would do harm outside a closed process is marked HARMFUL and never given to stock
nbgrader.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import nbformat

from tests.grading.course import ASSIGNMENT, Course, cell
from tests.referee import hostile as referee

CODE = {
    "turns_later_cells_into_pass": """
get_ipython().input_transformers_cleanup.append(lambda lines: ["pass"])
def recv_exactly(sock, n):
    return b""
""",
    "replaces_check": """
def recv_exactly(sock, n):
    return b""
def check(*anything):
    pass
""",
    "patches_netlab": """
import netlab.exercises.check, netlab.referee.gap
netlab.referee.gap.find_gap = lambda played: None
netlab.exercises.check.judge = None
def recv_exactly(sock, n):
    return b""
""",
    "asks_netlab_for_the_answer": """
def recv_exactly(sock, n):
    from netlab.exercises.bank import find
    space = {}
    exec(find("recv_exactly").reference, space)
    return space["recv_exactly"](sock, n)
""",
    "copies_its_neighbour_while_running": f"""
def recv_exactly(sock, n):
    import json
    with open("ROOT/submitted/right/{ASSIGNMENT}/small.ipynb") as file:
        cells = json.load(file)["cells"]
    space = {{}}
    exec("".join(cells[2]["source"]), space)
    return space["recv_exactly"](sock, n)
""",
    "gives_everybody_extra_credit": """
import sqlite3
def recv_exactly(sock, n):
    book = sqlite3.connect("ROOT/gradebook.db")
    book.execute("update grade set extra_credit = 50")
    book.commit()
    return b""
try:
    recv_exactly(None, 0)
except Exception:
    pass
""",
    "writes_a_config": """
def recv_exactly(sock, n):
    with open("ROOT/nbgrader_config.py", "a") as file:
        file.write("\\nraise SystemExit('mine now')\\n")
    return b""
""",
    "never_ends": """
def recv_exactly(sock, n):
    while True:
        pass
""",
    "never_ends_while_it_is_read": """
while True:
    pass
def recv_exactly(sock, n):
    return b""
""",
    "is_too_deep_to_read": "x = " + "-" * 15000 + "1\ndef recv_exactly(sock, n):\n    return x",
    "has_characters_that_cannot_be_written": """
def recv_exactly(sock, n):
    return "\ud800 \0"
""",
}
CODE["prints_twenty_megabytes"] = 'print("x" * 20_000_000)\n' + CODE["replaces_check"]
HARMFUL = {
    "forks",
    "fills the memory",
    "kills the referee's group",
    "kills by a system call",
    "loops, and catches everything",
    "floods the channel without a line's end",
    "crashes the interpreter",
    "becomes a shell",
}
GENTLE = {
    "is equal to everything",
    "forges results on every open file",
    "leaves by os._exit",
    "looks for the answer in the frames above it",
}
for one in HARMFUL | GENTLE:
    code = referee.HOSTILE[one].replace("TARGET", "ROOT")
    CODE["".join(c if c.isalnum() else "_" for c in one)] = code


def _more_points(notebook: Any) -> None:
    """The check is worth a thousand, and there is a test of my own that I pass."""
    for one in notebook.cells:
        if one.metadata.get("nbgrader", {}).get("grade"):
            one.metadata.nbgrader["points"] = 1000
    notebook.cells.append(cell("1000", "check_recv_exactly_2", grade=True, points=1000))


def _no_check(notebook: Any) -> None:
    """The check's cell says something else, with the result that I want, saved below it."""
    for one in notebook.cells:
        if one.metadata.get("nbgrader", {}).get("grade_id") == "check_recv_exactly":
            one.source = "6.0"
            one.outputs = [nbformat.v4.new_output("execute_result", data={"text/plain": "6.0"})]


def _other_kinds(notebook: Any) -> None:
    """Every cell calls itself an answer, which a person would have to mark."""
    for one in notebook.cells:
        if "nbgrader" in one.metadata:
            one.metadata.nbgrader.update({"solution": True, "grade": False, "locked": False})


def _newer(notebook: Any) -> None:
    for one in notebook.cells:
        if "nbgrader" in one.metadata:
            one.metadata.nbgrader["schema_version"] = 99


def _twice(notebook: Any) -> None:
    notebook.cells += [one.copy() for one in notebook.cells]


def _script(notebook: Any) -> None:
    text = "<script>document.title = 'HARM'</script><img src=x onerror='alert(1)'>"
    for one in notebook.cells:
        if one.cell_type == "markdown":
            one.source += text
    notebook.cells.append(nbformat.v4.new_raw_cell(text, metadata={"raw_mimetype": "text/html"}))


def _odd(notebook: Any) -> None:
    """What no editor writes."""
    for number, one in enumerate(notebook.cells):
        one.metadata["nbgrader"] = [None, 7, {"grade_id": []}, {"grade_id": {"a": 1}}][number % 4]
        one["id"] = "the same"


CHANGES: dict[str, Callable[[Any], object]] = {
    "gives_itself_more_points": _more_points,
    "rewrites_the_check": _no_check,
    "says_that_all_is_an_answer": _other_kinds,
    "comes_from_a_newer_nbgrader": _newer,
    "has_every_cell_twice": _twice,
    "has_a_script_for_the_teacher": _script,
    "has_odd_metadata": _odd,
}


def _write(course: Course, student: str, data: bytes) -> None:
    (course.folder(student) / "small.ipynb").write_bytes(data)


def _giant(course: Course, student: str) -> None:
    with (course.folder(student) / "small.ipynb").open("wb") as file:
        file.truncate(4_000_000_000)  # takes no room on the disk


def _links(course: Course, student: str) -> None:
    folder = course.folder(student)
    target = course.root / "submitted" / "right" / ASSIGNMENT / "small.ipynb"
    (folder / "small.ipynb").symlink_to(target)
    (folder / "nowhere.txt").symlink_to(folder / "missing")


def _pipe(course: Course, student: str) -> None:
    os.mkfifo(course.folder(student) / "small.ipynb")
    os.mkfifo(course.folder(student) / "notes.txt")


def _shadows(course: Course, student: str) -> None:
    course.submit(student, {"recv_exactly": "def recv_exactly(sock, n): return b''"})
    for name in ("struct.py", "sitecustomize.py", "nbgrader_config.py", "netlab.py"):
        (course.folder(student) / name).write_text("raise SystemExit('mine')\n")


FILES: dict[str, Callable[[Course, str], None]] = {
    "is_no_notebook": lambda course, student: _write(course, student, b"\x89PNG\r\n"),
    "is_empty": lambda course, student: _write(course, student, b""),
    "is_only_a_number": lambda course, student: _write(course, student, b"7"),
    "is_deep": lambda course, student: _write(course, student, b"[" * 100_000),
    "is_cut": lambda course, student: _write(course, student, b'{"cells": [{"cell_type": "co'),
    "has_no_cells": lambda course, student: _write(
        course, student, b'{"cells": 5, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    ),
    "is_a_giant": _giant,
    "links_to_its_neighbour": _links,
    "is_a_pipe": _pipe,
    "shadows_modules": _shadows,
}


def submit_all(course: Course) -> list[str]:
    """Hand in every hostile submission; the students' names."""
    for student, code in CODE.items():
        course.submit(student, {"recv_exactly": code.replace("ROOT", str(course.root))})
    for student, change in CHANGES.items():
        course.submit(student, {"recv_exactly": "def recv_exactly(sock, n): return b''"}, change)
    for student, write in FILES.items():
        write(course, student)
    return [*CODE, *CHANGES, *FILES]
