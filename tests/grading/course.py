"""A teacher's folder for tests: a small lesson with lesson 21's exercises, and nbgrader itself."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import nbformat

from netlab.exercises.bank import find
from tests.helpers import ENVIRONMENT

CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "net101"
c.CourseDirectory.source_directory = "{source}"
from netlab.grading import configure; configure(c, seed="secret word of this class")
"""
STOCK = CONFIG.rpartition("from netlab")[0]
ASSIGNMENT = "21-small"
STUBS = {
    "recv_exactly": "def recv_exactly(sock, n):\n    # YOUR CODE\n    raise NotImplementedError",
    "LineReader": (
        "class LineReader:\n    def __init__(self, sock):\n        self.sock = sock\n\n"
        "    def readline(self):\n        raise NotImplementedError  # YOUR CODE HERE"
    ),
    "send_message": "def send_message(sock, data):\n    raise NotImplementedError",
    "recv_message": "def recv_message(sock, limit):\n    raise NotImplementedError",
    "cuts": "cuts = {\n    1: [],\n    2: [],\n    3: [],\n    5: [],\n}",
}
OTHER = "def {}(*arguments):\n    raise NotImplementedError"
WRITTEN = "explain_framing"


def cell(source: str, name: str, kind: str = "code", **more: Any) -> Any:
    """A cell with nbgrader's metadata, schema 3."""
    flags = {"grade": False, "solution": False, "locked": False, "task": False}
    metadata = {"nbgrader": {"schema_version": 3, "grade_id": name, **flags, **more}}
    made = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    return made(source, metadata=metadata, id=name.replace("_", "-"))


def behaviours(name: str) -> int:
    """How many points an exercise has: one for each behaviour."""
    return len({scenario.behaviour for scenario in find(name).scenarios()})


def lesson(names: Iterable[str] = tuple(STUBS)) -> Any:
    """What a learner gets: text, stubs with their checks, one written answer."""
    cells = [
        nbformat.v4.new_markdown_cell("# A byte stream\n\n<details>hints</details>", id="title"),
        nbformat.v4.new_code_cell("from netlab import check, hint", id="imports"),
    ]
    for name in names:
        asked = f'check({name}, "cuts")' if name == "cuts" else f"check({name})"
        cells.append(cell(STUBS.get(name, OTHER.format(name)), name, solution=True))
        cells.append(cell(asked, f"check_{name}", grade=True, locked=True, points=behaviours(name)))
    cells.append(cell("Why a length?", WRITTEN, "markdown", grade=True, solution=True, points=2))
    python = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": python})


def automatic(points: dict[str, float | None]) -> dict[str, float | None]:
    """Of a student's points those that a program gives; None where it gave none."""
    return {name: points.get(name) for name in STUBS}


# nbgrader again and again in one process: most of a command's time is the start of its Python
KEPT = """
import json, sys
from nbgrader.apps.nbgraderapp import NbGraderApp
for line in sys.stdin:
    code = 0
    try:
        NbGraderApp.launch_instance(json.loads(line))
    except SystemExit as error:
        code = error.code or 0
    NbGraderApp.clear_instance()
    sys.stderr.flush()
    print("code", code, flush=True)
"""


class Course:
    """A folder with nbgrader_config.py, and what nbgrader keeps beside it.

    Every command is a process of its own, as a teacher types it; with kept=True one for all, until
    close(): quicker, and with everything else the same.
    """

    def __init__(
        self,
        root: Path,
        config: str = CONFIG,
        names: Iterable[str] = tuple(STUBS),
        kept: bool = False,
        assignment: str = ASSIGNMENT,
    ) -> None:
        """assignment: a lesson whose folder is in root/lessons already, or the small one."""
        self.root, self.assignment = root, assignment
        self._kept: subprocess.Popen[str] | None = None
        source = root / "lessons" / assignment
        if assignment == ASSIGNMENT:
            source.mkdir(parents=True)
            (source / "small.ipynb").write_text(nbformat.writes(lesson(names)) + "\n")
        (root / "nbgrader_config.py").write_text(config.format(source=root / "lessons"))
        if kept:
            with (root / "kept.log").open("w") as log:
                self._kept = self._start(
                    ["-c", KEPT], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                    stderr=log,
                )  # fmt: skip
        done = self.run("generate_assignment", assignment)
        assert done.returncode == 0, done.stderr

    def run(self, *words: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        """nbgrader with these words, in the teacher's folder."""
        if self._kept is not None:
            return self._run_kept(self._kept, words)
        process = self._start(
            ["-m", "nbgrader", *words], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        with process:
            try:
                out, said = process.communicate(timeout=timeout)
            finally:
                process.kill()
        return subprocess.CompletedProcess(words, process.returncode, out, said)

    def side_by_side(self, *commands: Iterable[str], timeout: float) -> list[int]:
        """Several nbgrader commands at once, in as many terminals; their return codes."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        runs = [self._start(["-m", "nbgrader", *words], **quiet) for words in commands]
        try:
            return [run.wait(timeout) for run in runs]
        finally:
            for run in runs:
                run.kill()
                run.wait(10)

    def close(self) -> None:
        """End the process that was kept."""
        if self._kept is not None:
            self._kept.kill()
            self._kept.communicate()
            self._kept = None

    def _start(self, arguments: list[str], **options: Any) -> subprocess.Popen[Any]:
        path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
        environment = {**ENVIRONMENT, "JUPYTER_CONFIG_DIR": str(self.root / ".jupyter")}
        environment["PATH"] = path  # stock nbgrader finds alembic there
        environment.pop("PYTHONWARNINGS", None)
        command = [sys.executable, *arguments]
        return subprocess.Popen(command, cwd=self.root, env=environment, **options)

    def _run_kept(
        self, kept: subprocess.Popen[str], words: Iterable[str]
    ) -> subprocess.CompletedProcess[str]:
        assert kept.stdin and kept.stdout
        log = self.root / "kept.log"
        before = log.stat().st_size
        kept.stdin.write(json.dumps(list(words)) + "\n")
        kept.stdin.flush()
        out = ""
        while not (line := kept.stdout.readline()).startswith("code ") and line:
            out += line
        code = int(line.split()[1]) if line else -1
        said = log.read_bytes()[before:].decode()
        return subprocess.CompletedProcess(list(words), code, out, said)

    def released(self) -> Any:
        """The notebook as it was handed out, to be filled in."""
        path = self.root / "release" / ASSIGNMENT / "small.ipynb"
        return nbformat.read(path, as_version=4)

    def folder(self, student: str) -> Path:
        folder = self.root / "submitted" / student / self.assignment
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def submit(
        self,
        student: str,
        answers: Mapping[str, str] | None = None,
        change: Callable[[Any], object] | None = None,
        name: str = "small.ipynb",
    ) -> None:
        """Hand in the lesson with these cells filled in, and otherwise changed by `change`."""
        notebook = self.released()
        for one in notebook.cells:
            name_of_cell = one.metadata.get("nbgrader", {}).get("grade_id", "")
            one.source = (answers or {}).get(name_of_cell, one.source)
        if change is not None:
            change(notebook)
        (self.folder(student) / name).write_text(json.dumps(notebook))

    def points(self) -> dict[str, dict[str, float | None]]:
        """{student: {"recv_exactly": 6.0, ...}} as the gradebook has it."""
        query = """
            select s.student_id, b.name, g.auto_score, g.manual_score from grade g
            join base_cell b on g.cell_id = b.id
            join submitted_notebook n on g.notebook_id = n.id
            join submitted_assignment s on n.assignment_id = s.id
        """
        found: dict[str, dict[str, float | None]] = {}
        book = sqlite3.connect(self.root / "gradebook.db")
        try:
            for student, name, auto, manual in book.execute(query):
                score = auto if manual is None else manual
                found.setdefault(student, {})[name.removeprefix("check_")] = score
        finally:
            book.close()
        return found
