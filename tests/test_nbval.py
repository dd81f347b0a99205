"""nbval itself turns red when what a lesson shows is no longer so: each way that matters, tried."""

import nbformat
import pytest
from lessons import cleared
from nbval_run import nbval

from tests.hygiene import Lesson, saved
from tests.hygiene.example import code, error, notebook, printed

SERVER = """\
import socket, sys, threading
listener = socket.create_server(("127.0.0.1", 0))
def serve(behaviour):
    conn, _ = listener.accept()
    with conn:
        behaviour(conn)
def start(behaviour):
    threading.Thread(target=serve, args=[behaviour], daemon=True).start()"""
CLIENT = """
with socket.create_connection(listener.getsockname(), timeout=5) as sock:
    print(sock.makefile("rb").read())"""


def talk(behaviour):
    """A server that behaves so; a client whose saved output is the whole reply and no more."""
    return code(f"start(lambda conn: {behaviour}){CLIENT}", printed("b'hello'\n"))


REFUSED = code("raise ConnectionRefusedError(61, 'refused')", tags=["raises-exception"])
REFUSED.outputs = [error("ConnectionRefusedError", "[Errno 111] refused")]
CELLS = {  # name: (is it green?, the cell)
    "the server's code": (True, code(SERVER)),
    "the whole reply": (True, talk("conn.sendall(b'hello')")),
    "a reply one byte short": (False, talk("conn.sendall(b'hell')")),
    "a server thread that prints": (False, talk("(print('connected'), conn.sendall(b'hello'))")),
    "one saved letter changed": (False, code("print(b'hello')", printed("b'hellO'\n"))),
    "a warning": (False, code("print('careful', file=sys.stderr)")),
    "output that was not saved": (False, code("print('hello')")),
    "an error without a tag": (
        False,
        code("1 / 0", error("ZeroDivisionError", "division by zero")),
    ),
    "another system's error number": (True, REFUSED),
    "a cell that is not compared": (
        True,
        code("print('x')", printed("y"), tags=["nbval-ignore-output"]),
    ),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    path = tmp_path_factory.mktemp("nbval") / "made.ipynb"
    nbformat.write(notebook(*(cell for _, cell in CELLS.values())), path)
    return nbval([path], timeout=120)


@pytest.mark.parametrize("name", CELLS)
def test_colour(name, run):
    green, _ = CELLS[name]
    assert (f"made.ipynb::Cell {list(CELLS).index(name)}" not in run.failed) is green, run.text


def test_summary_names_what_is_not_compared(run):
    assert f"notebooks run: 1, code cells: {len(CELLS)}" in run.text
    assert (
        f"cells whose output is not compared: 1 of {len(CELLS)} (at most 1 a notebook)" in run.text
    )
    assert f"  made.ipynb Cell {len(CELLS) - 1}\n" in run.text


def test_nbval_lets_a_stripped_notebook_pass_so_hygiene_must_not(tmp_path):
    path = tmp_path / "stripped.ipynb"
    nbformat.write(cleared(notebook(*(cell for _, cell in CELLS.values()))), path)
    lesson = Lesson.at(path)
    assert len(saved.run_in_order(lesson)) == len(CELLS)
    assert saved.outputs_were_not_cleared(lesson)
