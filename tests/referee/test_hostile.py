"""Hostile submissions get no mark, harm nothing, and end in good time."""

from __future__ import annotations

import functools
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from netlab.exercises.bank import find
from netlab.referee import play
from netlab.referee.play import Referee
from netlab.referee.source import Answer
from netlab.referee.verdict import judge
from tests.helpers import Footprint, returns_to
from tests.referee.hostile import HOSTILE

EXERCISE = find("recv_exactly")
# what only a closed sandbox stops; elsewhere these would do harm to whoever runs the tests
NEED_CLOSED = {
    "becomes a shell",
    "becomes root again",
    "connects",
    "fills the memory",
    "forks",
    "kills by a system call",
    "kills the referee",
    "kills the referee's group",
    "opens a local socket",
    "reads a file",
    "reads the referee's memory",
    "sends a datagram",
    "starts a shell",
    "starts threads",
    "writes a file",
}
SLOW = {"sleeps", "fills the memory", "returns a huge value"}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "secret").write_text("HARM")
    tmp_path.chmod(0o777)  # what stops a submission must not be the folder's mode
    return tmp_path


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        sock.settimeout(0.01)
        yield sock


@functools.cache
def closed() -> bool:
    """Does this system shut a worker in completely?"""
    with Referee() as referee:
        referee.play(EXERCISE.right["obvious"], EXERCISE.scenarios()[0])
        return referee.level.startswith("closed")


def submit(name: str, count: int, target: Path, listener: socket.socket) -> None:
    """Judge one submission by the first so many scenarios; it must fail them all, without harm."""
    if name in NEED_CLOSED and not closed():
        pytest.skip("needs a closed sandbox: Linux with Landlock and seccomp")
    before = Footprint.of()
    code = HOSTILE[name].replace("TARGET", str(target))
    code = code.replace("PORT", str(listener.getsockname()[1]))
    scenarios = EXERCISE.scenarios()[:count]
    start = time.monotonic()
    verdict = judge(Answer.of_text(code, "recv_exactly"), scenarios)
    assert time.monotonic() - start < 12
    assert all(result.gap for result in verdict.results)
    assert "HARM" not in repr([result.played.outcomes for result in verdict.results])
    assert [path.name for path in target.iterdir()] == ["secret"]
    with pytest.raises(TimeoutError):
        listener.accept()
    returns_to(before)


@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - SLOW))
def test_it_gains_nothing(name: str, target: Path, listener: socket.socket) -> None:
    submit(name, 1, target, listener)


@pytest.mark.proof
@pytest.mark.parametrize("name", HOSTILE)
def test_it_gains_nothing_in_the_long_run(name: str, target: Path, listener: socket.socket) -> None:
    submit(name, 12, target, listener)


def test_the_next_answer_is_judged_as_ever() -> None:
    hostile = Answer.of_text(HOSTILE["leaves by os._exit"], "recv_exactly")
    with Referee() as referee:
        scenario = EXERCISE.scenarios()[0]
        assert referee.play(hostile, scenario).outcomes[-1].kind == "ended"
        right = EXERCISE.right["obvious"]
        assert referee.play(right, scenario).outcomes[-1].kind == "returned"


def test_a_worker_that_retires_is_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(play, "RETIRES", 2)
    verdict = judge(EXERCISE.right["obvious"], EXERCISE.scenarios()[:5])
    assert verdict.passed


@pytest.mark.skipif(os.name != "posix", reason="limits are of POSIX systems")
def test_the_level_is_said() -> None:
    with Referee() as referee:
        referee.play(EXERCISE.right["obvious"], EXERCISE.scenarios()[0])
        assert referee.level.partition(":")[0] in ("limits", "closed")
