"""An answer is found in a notebook that is not run: what Run All would leave under its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from netlab.exercises.bank import NAMES, find
from tests.tools import need_module

need_module("nbgrader")

from netlab.grading.judging import Grade, grade  # noqa: E402
from netlab.grading.reading import Cells  # noqa: E402

RIGHT = find("recv_exactly").reference
STUB = "def recv_exactly(sock, n):\n    raise NotImplementedError"
CHECK = "check(recv_exactly)"


def graded(*cells: str, name: str = "recv_exactly", home: int = -1) -> Grade:
    """The grade of the answer among these cells, the check being the last of them."""
    return grade(name, Cells(cells), len(cells) - 1, home, "a seed")


def test_the_last_definition_above_the_check_counts() -> None:
    wrong = "def recv_exactly(sock, n):\n    return sock.recv(n)"
    assert graded(wrong, RIGHT, CHECK).share == 1
    assert graded(RIGHT, wrong, CHECK).share < 1
    assert grade("recv_exactly", Cells([RIGHT, CHECK, wrong]), 1, 0, "a seed").share == 1


def test_below_the_check_is_better_than_a_stub() -> None:
    assert grade("recv_exactly", Cells([STUB, CHECK, RIGHT]), 1, 0, "a seed").share == 1


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ([STUB, CHECK], "recv_exactly: not attempted yet."),
        (["x = 1", CHECK], "recv_exactly: no cell of the notebook defines it."),
        (["def recv_exactly(sock, n)\n    pass", CHECK], "the cell is no Python: line 1: expected"),
        (["x" * 30_000, CHECK], "the cell is no Python: it is longer"),
    ],
)
def test_why_there_is_nothing_to_judge(cells: list[str], words: str) -> None:
    result = graded(*cells, home=0)
    assert words in repr(result.report)
    assert result.share == 0 and result.level == "nothing was run"


def test_a_wrong_cell_costs_nothing_elsewhere() -> None:
    assert graded("def broken(:", RIGHT, "1 +", CHECK).share == 1


def test_an_answer_is_not_confused_by_names_of_the_notebook() -> None:
    """sock and data are names inside the answer; what the notebook calls so is not its business."""
    cells = ("import time\nsock = time.sleep(1000)", "data = open('/dev/zero').read()", RIGHT)
    assert graded(*cells, CHECK).share == 1


HELPED = """
def recv_exactly(sock, n):
    chunks = Chunks()
    while chunks.size < n:
        chunk = sock.recv(min(LIMIT, n - chunks.size))
        if not chunk:
            raise EOFError(WORDS % (chunks.size, n))
        chunks.add(chunk)
    return parts.join(b"", chunks.list) if SLOW else b"".join(chunks.list)
"""


def test_what_it_needs_comes_along() -> None:
    cells = (
        "%matplotlib inline\nfrom struct import *\nimport os as parts, sys",
        "LIMIT = 10\nLIMIT *= calcsize('!I')\nWORDS = '%d of'\nWORDS += ' %d'; SLOW = not LIMIT",
        "class Base:\n    size = 0",
        "class Chunks(Base):\n    def __init__(self):\n        self.list = []\n"
        "    def add(self, chunk):\n        self.list.append(chunk)\n"
        "        self.size = count(self.list)",
        HELPED,
        "from netlab import EchoServer\nserver = EchoServer()\nprint(LIMIT)",
        "def count(chunks):\n    return sum(map(len, chunks))",
    )
    assert graded(*cells, CHECK).share == 1


def test_a_module_in_a_module_comes_along() -> None:
    text = "def recv_exactly(sock, n):\n    os.path, os.sep, xml.sax, xml.dom, PATTERN\n"
    cells = ("import xml.sax\nimport os", "import xml.dom, re\nPATTERN = re.compile('x')")
    assert graded(*cells, text + RIGHT.partition("\n")[2], CHECK).share == 1


def test_data_is_what_the_cells_make_of_it() -> None:
    given = find("cuts").reference
    assert graded(given, 'check(cuts, "cuts")', name="cuts").share == 1
    parts = (
        "cuts = {1: [], 2: [], 3: [], 5: []}",
        given.replace("cuts =", "mine ="),
        ("for key in mine:\n    cuts[key] = list(mine[key])"),
    )
    assert graded(*parts, 'check(cuts, "cuts")', name="cuts").share == 1
    assert graded(*parts, "cuts.clear()", CHECK, name="cuts").share == 0


def test_an_earlier_exercise_is_given() -> None:
    """One mistake is charged once: recv_message is judged with a right recv_exactly."""
    wrong = "def recv_exactly(sock, n):\n    return b''"
    reference = find("recv_message").reference
    assert graded(wrong, reference, CHECK, name="recv_message").share == 1


def every_right_program() -> Iterator[Any]:
    """make test takes one of each exercise, for it tries all of them without a notebook."""
    for name in NAMES:
        for program in find(name).right:
            quick = program == "obvious"
            yield pytest.param(name, program, marks=[] if quick else [pytest.mark.proof])


@pytest.mark.parametrize(("name", "program"), list(every_right_program()))
def test_every_right_program_gets_all(name: str, program: str) -> None:
    text = find(name).right[program].pieces[-1].text
    assert graded(text, CHECK, name=name).share == 1


BOMBS = {
    "deep": "x = " + "-" * 15_000 + "1",
    "wide": "x = 1" + " + 1" * 4_900,
    "many": "x = 1; " * 2_800,
    "chain": "if a: pass\n" + "elif a: pass\n" * 1_400,
    "power": "x = 9 ** 9 ** 9 ** 9 ** 9",
    "zero": "x = '\0'",
    "number": "x = 0x" + "f" * 19_000,
    "returns": "x = 1\r\rdef f():\r return 1",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_what_is_hard_to_read_stops_nobody(bomb: str) -> None:
    assert graded(BOMBS[bomb], RIGHT, CHECK).share == 1
