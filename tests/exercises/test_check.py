"""check, hint, solution and progress as a learner meets them: in a kernel, in a terminal."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from netlab import check, hint, progress, solution
from netlab.exercises.bank import NAMES, find
from netlab.exercises.check import CheckFailed, examine, judged
from netlab.kept import MARK
from tests.helpers import ENVIRONMENT, Footprint, returns_to

NAIVE = """
def recv_exactly(sock, n):
    return sock.recv(n)
"""
HELPED = """
import struct as packing
LIMIT, SIZE = 1000, 4

def take(sock, n):
    data = b""
    while len(data) < n:
        chunk = sock.recv(n - len(data))
        if not chunk:
            raise EOFError
        data += chunk
    return data
"""
MESSAGE = """
def recv_message(sock, limit):
    (length,) = packing.unpack("!I", take(sock, SIZE))
    if length > limit:
        raise ValueError(length)
    return take(sock, length)
"""


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BlockingKernelClient]:
    folder = tmp_path_factory.mktemp("work")
    (folder / MARK).write_text("{}")
    (folder / "struct.py").write_text("raise RuntimeError('the learner has a struct.py')\n")
    manager = KernelManager()
    manager.start_kernel(cwd=str(folder), env=ENVIRONMENT)
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        run(client, "from netlab import check, hint, progress, solution")
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.cleanup_resources()


def run(kernel: BlockingKernelClient, code: str) -> str:
    """What the cell showed as text; a traceback if it raised."""
    said: list[str] = []

    def hear(message: dict) -> None:  # type: ignore[type-arg]
        content = message["content"]
        said.append(content.get("data", {}).get("text/plain") or content.get("text") or "")
        said.extend(content.get("traceback", []))

    kernel.execute_interactive(code, timeout=60, output_hook=hear)
    return "\n".join(part for part in said if part)


def test_a_cell_is_judged_as_the_bank_is(kernel: BlockingKernelClient) -> None:
    run(kernel, NAIVE)
    exercise = find("recv_exactly")
    assert run(kernel, "check(recv_exactly)") == repr(judged(exercise, exercise.wrong["one_recv"]))


def test_another_name_can_be_given(kernel: BlockingKernelClient) -> None:
    run(kernel, NAIVE.replace("recv_exactly", "mine"))
    assert "no exercise called 'mine'" in run(kernel, "check(mine)")
    assert "6 of 35" in run(kernel, 'check(mine, "recv_exactly")')


def test_what_other_cells_define_comes_along(kernel: BlockingKernelClient) -> None:
    run(kernel, HELPED)
    run(kernel, MESSAGE)
    assert run(kernel, "check(recv_message)") == "recv_message: all 51 scenarios pass."


def test_modules_inside_others_come_along(kernel: BlockingKernelClient) -> None:
    imports, _, definition = find("follow").reference.partition("\n\n\n")
    assert "http.client" in imports
    run(kernel, imports)
    run(kernel, definition)
    assert run(kernel, "check(follow)") == "follow: all 46 scenarios pass."


def test_data_can_be_the_answer(kernel: BlockingKernelClient) -> None:
    run(kernel, find("cuts").reference)
    assert run(kernel, 'check(cuts, "cuts")') == "cuts: all 8 scenarios pass."


def test_a_stub_is_not_attempted(kernel: BlockingKernelClient) -> None:
    run(kernel, 'class LineReader:\n    def readline(self):\n        """Next."""\n        ...')
    assert run(kernel, "check(LineReader)").startswith("LineReader: not attempted yet.")


def test_an_endless_loop_is_named_by_its_first_line(kernel: BlockingKernelClient) -> None:
    stuck = (
        "# a comment\n\ndef recv_exactly(sock, n):\n    data = sock.recv(n)\n"
        "    while len(data) < n:\n        for _ in range(3):\n            n + 1\n    return data"
    )
    run(kernel, stuck)
    assert "still running in recv_exactly, line 5: while len(data) < n:" in run(
        kernel, "check(recv_exactly)"
    )


def test_progress_survives_a_restart(kernel: BlockingKernelClient) -> None:
    run(kernel, NAIVE)
    run(kernel, "check(recv_exactly)")
    shown = run(kernel, "progress()")
    assert "lesson 21 recv_exactly 6 of 35 scenarios pass" in re.sub(" +", " ", shown)
    code = "from netlab.exercises import progress as p; p._notes._here.clear(); p.progress()"
    assert run(kernel, code) == shown


def test_hints_come_one_by_one(kernel: BlockingKernelClient) -> None:
    firsts = [run(kernel, 'hint("send_message")') for _ in range(4)]
    assert firsts[0].count("Hint ") == 1 and firsts[1].count("Hint ") == 2
    assert firsts[2] == firsts[3] and 'solution("send_message")' in firsts[2]


def test_a_solution_is_the_reference(kernel: BlockingKernelClient) -> None:
    assert run(kernel, 'solution("cuts")') == find("cuts").reference.rstrip()


def test_a_terminal_reads_the_same(tmp_path: Path) -> None:
    script = tmp_path / "mine.py"
    script.write_text(f"from netlab import check\n{NAIVE}\ncheck(recv_exactly)\n")
    command = [sys.executable, str(script)]
    shown = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=60)
    exercise = find("recv_exactly")
    assert shown.stderr == ""
    assert shown.stdout.rstrip() == repr(judged(exercise, exercise.wrong["one_recv"]))


def test_only_nbgrader_is_told_by_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = {1: [b"ab"]}
    check(wrong, "cuts")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    with pytest.raises(CheckFailed, match="cuts: 0 of 8"):
        check(wrong, "cuts")
    assert capsys.readouterr().out.count("cuts: 0 of 8") == 2


@pytest.mark.parametrize(
    ("answer", "name", "sentence"),
    [
        (7, "", "there is no exercise called ''"),
        (lambda sock, n: b"", "recv_exactly", "this is a lambda"),
        (len, "recv_exactly", "expected a function, a class or plain data"),
        (object(), "cuts", "this is of the type object"),
    ],
)
def test_what_cannot_be_judged_is_said(answer: object, name: str, sentence: str) -> None:
    assert sentence in repr(examine(answer, name))


def test_help_for_no_exercise(capsys: pytest.CaptureFixture[str]) -> None:
    hint("recv_exacly")
    solution("recv_exacly")
    assert capsys.readouterr().out.count('check(recv_exacly, "recv_exactly")') == 2
    assert all(name in repr(progress()) for name in NAMES)


@pytest.mark.skipif(os.name != "posix", reason="asks for the processes of this user")
def test_nothing_is_left_over() -> None:
    before = Footprint.of()
    exercise = find("recv_exactly")
    for program in ("one_recv", "spins_at_the_end", "reads_to_the_end"):
        judged(exercise, exercise.wrong[program])
    returns_to(before)
