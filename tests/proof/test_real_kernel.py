"""In a real kernel: the stop button hurts no server; a cell run again closes what it started."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.helpers import Notebook, alive, answers, eventually, notebook, posix, refuses

SETUP = """
import gc, json, socket, time
from pathlib import Path
from netlab import EchoServer, Relay, serve
server, mine = EchoServer(), serve(lambda conn: conn.sendall(conn.recv(100)))
relay = Relay(server, delay=0.001)
sock = socket.create_connection(server.address)
def addresses(*things):
    print(json.dumps([thing.address for thing in things]))
"""
BLOCKING = {
    "sleep": "time.sleep(30)",
    "recv": "sock.recv(100)",
    "a busy loop": "while True: pass",
    "EchoServer()": "while True: EchoServer().close()",
    "servers that are kept": "kept = []\nwhile True: kept.append(EchoServer())",
    "Relay()": "while True: Relay(server).close()",
    "relays that are kept": "kept = []\nwhile True: kept.append(Relay(server))",
    "relays that are dropped": "while True: Relay(server)",
    "log": "while True: server.log, relay.log, mine.log",
    "change": "while True: relay.change(delay=0.001)",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Notebook]:
    with notebook(tmp_path_factory.mktemp("work")) as book:
        book.run(SETUP)
        yield book


def interrupted(book: Notebook, code: str, after: float) -> None:
    """Run a cell without end and press stop `after` seconds into it, until it stops.

    Once is enough but for a moment spent in a finalizer: Python drops an exception raised there.
    """
    folder = Path(book.run("print(Path.cwd(), end='')"))
    started, ended = folder / "started", folder / "ended"
    started.unlink(missing_ok=True)
    ended.unlink(missing_ok=True)
    lines = code.replace("\n", "\n    ")
    sent = book.send(
        f"try:\n    Path('started').touch()\n    {lines}\n"
        "except BaseException as error:\n    Path('ended').write_text(type(error).__name__)"
    )
    eventually(started.exists, what="the cell has begun")
    time.sleep(after)  # a moment of its run, drawn at random; nothing waits for this

    def pressed() -> str:
        book.manager.interrupt_kernel()
        again = time.monotonic() + 1.0
        eventually(lambda: ended.exists() or time.monotonic() > again)
        return eventually(ended.read_text) if ended.exists() else ""  # type: ignore[no-any-return]

    assert eventually(pressed, within=4) == "KeyboardInterrupt"
    book.result(sent)


def all_answer(book: Notebook) -> None:
    for address in json.loads(book.run("addresses(server, relay, mine)")):
        assert answers(address)
    assert book.run("print(len(EchoServer().log), len(server.log) > 0)") == "0 True\n"


def children(book: Notebook) -> set[int]:
    pids = {child.pid for child in psutil.Process(book.pid).children(recursive=True)}
    return {pid for pid in pids if alive(pid)}


@posix
def test_the_stop_button_leaves_every_server_running(book: Notebook) -> None:
    before = children(book)
    assert len(before) == 2
    draw = random.Random(7)
    for number, name in enumerate([*BLOCKING, *BLOCKING]):
        interrupted(book, BLOCKING[name], after=draw.uniform(0.0, 0.2))
        assert before <= children(book), f"a child was lost in {name} (press {number})"
        book.run("kept = None; _ = gc.collect()")
        eventually(lambda: children(book) == before, what=f"no child beside the first two: {name}")
        all_answer(book)
    book.manager.interrupt_kernel()  # and while nothing runs
    all_answer(book)
    child = psutil.Process(int(book.run("print(server._child.pid)")))
    eventually(lambda: listening(child) == 1, what="only `server` listens in the servers' child")


def listening(process: psutil.Process) -> int:
    return [c.status for c in process.net_connections("tcp")].count(psutil.CONN_LISTEN)


def start(book: Notebook, code: str, cell: str) -> list[Any]:
    """The addresses of what the cell started and named `things`."""
    return json.loads(book.run(f"{code}\naddresses(*things)", cell))  # type: ignore[no-any-return]


THREE = """
def answer(conn):
    conn.sendall(conn.recv(9))
things = {name} = [EchoServer(), Relay(server), serve(answer)]
"""


def test_running_a_cell_again_closes_what_it_started_before(book: Notebook) -> None:
    other = start(book, THREE.format(name="other"), "cell-b")
    first = start(book, THREE.format(name="first"), "cell-a")
    assert all(answers(address, b"hello") for address in first), "a list of three keeps all three"
    again = start(book, THREE.format(name="again"), "cell-a")
    assert all(map(refuses, first))
    assert all(answers(address, b"hello") for address in [*again, *other])
    assert book.run("print([t.running for t in first + again])") == f"{[False] * 3 + [True] * 3}\n"
    all_answer(book)  # started outside any named cell


def test_a_cell_that_starts_nothing_any_more_closes_nothing(book: Notebook) -> None:
    """Only a new start closes the old one: a cell edited into `ping(server)` keeps its server."""
    first = start(book, THREE.format(name="first"), "cell-c")
    book.run("pass", "cell-c")
    assert all(answers(address, b"hello") for address in first)


def test_without_cell_ids_nothing_is_closed(book: Notebook) -> None:
    first = start(book, THREE.format(name="first"), "")
    again = start(book, THREE.format(name="again"), "")
    assert all(answers(address, b"hello") for address in [*first, *again])
