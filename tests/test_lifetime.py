"""Servers and relays end with the notebook, however it ends, and with nothing else."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.helpers import (
    Notebook,
    alive,
    answers,
    connect,
    eventually,
    notebook,
    posix,
    program,
    refuses,
)  # fmt: skip

STARTS = """
import json, os, sys, threading, time
from netlab import EchoServer, Relay, serve
server = EchoServer()
relay = Relay(server, delay=0.001, rate=50e6)
mine = serve(lambda conn: conn.sendall(conn.recv(100)))
forked = []
def tell():
    print(json.dumps({
        "children": [server._child.pid, relay._child.pid], "forked": forked,
        "addresses": [server.address, relay.address, mine.address],
    }), flush=True)
"""
FORKS = """
for _ in range(2):
    pid = os.fork()
    if pid == 0:
        time.sleep(60)
        os._exit(0)
    forked.append(pid)
"""
WAITS = "tell()\nsys.stdin.readline()\n"

ENDINGS = {
    "killed": WAITS,
    "killed, with forked copies alive": FORKS + WAITS,
    "terminated": WAITS,
    "the end of the program": WAITS,
    "an error": WAITS + "raise ValueError('as if')",
    "sys.exit": WAITS + "sys.exit(3)",
    "sys.exit in a thread": "t = threading.Thread(target=sys.exit)\nt.start()\nt.join()\n" + WAITS,
    "os._exit": WAITS + "os._exit(0)",
    "os._exit in a thread": WAITS + "threading.Thread(target=os._exit, args=(0,)).start()",
}


@contextmanager
def load(address: Any, clients: int = 4) -> Iterator[None]:
    """Keep whatever is behind `address` busy until it is gone or the test ends."""
    with ExitStack() as stack:
        for _ in range(clients):
            sock = stack.enter_context(connect(address))
            busy = threading.Event()
            thread = threading.Thread(target=flood, args=(sock, busy))
            stack.callback(thread.join, 10.0)
            stack.callback(busy.set)
            thread.start()
        yield


def flood(sock: Any, enough: threading.Event) -> None:
    try:
        while not enough.is_set():
            sock.sendall(bytes(20_000))
            sock.recv(65536)
    except OSError:
        pass


def all_gone(told: dict[str, Any]) -> None:
    """Within one second. A process counts as ended a moment before its ports are closed."""
    eventually(lambda: not any(map(alive, told["children"])), 1.0, "every child has ended")
    eventually(lambda: all(map(refuses, told["addresses"])), 0.5, "every port refuses")


@posix
@pytest.mark.parametrize("busy", [False, True], ids=["idle", "under load"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_everything_ends_with_the_program(ending: str, busy: bool) -> None:
    with program(STARTS + ENDINGS[ending], stderr=-3) as kernel:
        told = json.loads(kernel.stdout.readline())
        try:
            assert all(map(alive, told["children"])) and answers(told["addresses"][1])
            with ExitStack() as stack:
                if busy:
                    stack.enter_context(load(told["addresses"][1]))
                if ending.startswith("killed"):
                    kernel.kill()
                elif ending == "terminated":
                    kernel.terminate()
                else:
                    kernel.stdin.write("\n")
                    kernel.stdin.flush()
                kernel.wait(10)
                all_gone(told)
            assert all(map(alive, told["forked"]))  # only watched, and not ours to end
        finally:
            for pid in told["forked"]:
                os.kill(pid, signal.SIGKILL)


COPY = """
from netlab import EchoServer, Relay, serve
from tests.helpers import answers
import os, sys, time
handler = lambda conn: conn.sendall(conn.recv(100))
server, mine = EchoServer(), serve(handler)
relay = Relay(server)
pid = os.fork()
if pid == 0:
    {copy}
_, status = os.waitpid(pid, 0)
assert os.waitstatus_to_exitcode(status) == 0, status
assert all(map(answers, (server, mine, relay, server))), "the parent's servers"
assert len(server.log) > 0 and len(mine.log) > 0 and relay.log is not None
"""
OWN = "own = [EchoServer(), serve(handler)]; own.append(Relay(own[0])); "
COPIES = {
    "sys.exit": "sys.exit(0)",
    "os._exit": "os._exit(0)",
    "closes what it inherited": "server.close(); mine.close(); relay.close(); sys.exit(0)",
    "drops what it inherited": "del server, mine, relay; os._exit(0)",
    "starts its own": OWN + "sys.exit(0 if all(map(answers, own)) else 1)",
    "starts and closes its own": OWN + "[thing.close() for thing in own]; sys.exit(0)",
}


@posix
@pytest.mark.parametrize("copy", COPIES)
def test_a_forked_copy_leaves_its_parents_servers_alone(copy: str) -> None:
    with program(COPY.format(copy=COPIES[copy]), stderr=-1) as kernel:
        _, complaint = kernel.communicate(timeout=20)
        assert kernel.returncode == 0, complaint


@posix
def test_a_forked_copy_is_told_that_the_server_is_not_its_own() -> None:
    asks = (
        "\n    try: server.log\n    except RuntimeError as e: print(e, flush=True)\n    os._exit(0)"
    )
    with program(COPY.format(copy=asks), stderr=-1) as kernel:
        printed, complaint = kernel.communicate(timeout=8)  # at once, not after CALL_TIMEOUT
        assert kernel.returncode == 0, complaint
        assert "copy" in printed


def start_in(book: Notebook) -> dict[str, Any]:
    return json.loads(book.run(STARTS + "tell()"))  # type: ignore[no-any-return]


@posix
@pytest.mark.parametrize("how", ["killed", "restarted", "restarted at once", "shut down"])
def test_everything_ends_with_a_real_kernel(how: str, tmp_path: Path) -> None:
    with notebook(tmp_path) as book:
        told = start_in(book)
        kernel = psutil.Process(book.pid)
        with load(told["addresses"][1]):
            if how == "killed":
                kernel.kill()
                eventually(lambda: not alive(kernel.pid), 2.0)
            elif how == "shut down":
                book.manager.shutdown_kernel()
            else:
                book.manager.restart_kernel(now=how.endswith("at once"))
            all_gone(told)
        if how.startswith("restarted"):
            book.client.wait_for_ready(timeout=60)
            again = start_in(book)
            assert answers(again["addresses"][1]) and again["children"] != told["children"]


NAMES = [
    "socket",
    "json",
    "http",
    "select",
    "selectors",
    "queue",
    "struct",
    "subprocess",
    "threading",
    "random",
    "signal",
]


def test_a_learners_own_files_shadow_nothing(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / f"{name}.py").write_text("raise ImportError('the learner wrote this')\n")
    (tmp_path / "homework.py").write_text("word = 'imported from the working folder'\n")
    with notebook(tmp_path) as book:
        printed = book.run(STARTS + "import homework\nprint(homework.word)\ntell()")
        word, told = printed.splitlines()
        assert word == "imported from the working folder"
        assert all(map(answers, json.loads(told)["addresses"]))
