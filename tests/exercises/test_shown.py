"""How much of a report is shown: values are cut between letters, calls are elided to save lines."""

from __future__ import annotations

import ast
import linecache

import pytest

from netlab.exercises.check import examine
from netlab.referee.gap import WIDTH, brief
from netlab.referee.peer import Event
from netlab.referee.report import LINES, Report

IN_THE_WAY = """
import socket
import netlab
from netlab import serve


def echo_client(address, data):
    serve = b""
    with socket.create_connection(address, timeout=5) as sock:
        sock.sendall(data)
        while len(serve) < len(data):
            if not (chunk := sock.recv(1024)):
                raise EOFError
            serve += chunk
    return serve


def uses_a_name(address, data):
    return serve(echo_client)


def uses_the_module(address, data):
    return netlab.serve(echo_client)
"""


@pytest.mark.parametrize("start", range(12))
def test_a_value_is_never_cut_inside_an_escape(start: int) -> None:
    data = b"a" * start + b"on\x85off\r\n\\'" * 20 + b"b" * start
    first, last = brief(data).split(" ... ")
    assert len(first) + len(last) + 5 <= WIDTH
    assert data.startswith(ast.literal_eval(f"{first}{first[1]}"))
    assert data.endswith(ast.literal_eval(f"b{last[-1]}{last}"))


@pytest.mark.parametrize("count", range(1, 30))
def test_no_line_is_elided_to_save_one(count: int) -> None:
    steps = [Event(f"recv({n})", b"a") for n in range(count)]
    lines = repr(Report(False, "head\nwords", steps, ("gap",) * 3, ("advice",) * 4)).splitlines()
    assert len(lines) <= LINES
    gone = [int(line.split()[1]) for line in lines if "more calls" in line]
    assert gone == [] if count <= 6 else gone[0] >= 2
    assert ("" in lines) == (count != 6)
    assert sum("recv" in line for line in lines) + sum(gone) == count


def told(name: str) -> str:
    """The report on one of the answers above, as defined in a cell."""
    file = "<a cell of test_shown>"
    linecache.cache[file] = (len(IN_THE_WAY), None, IN_THE_WAY.splitlines(True), file)
    known: dict[str, object] = {"__name__": "__main__"}
    exec(compile(IN_THE_WAY, file, "exec"), known)
    return repr(examine(known[name], "echo_client"))


def test_a_local_variable_may_be_called_as_netlab_calls_something() -> None:
    assert "scenarios pass." in told("echo_client").splitlines()[0]
    assert "The first that does not" not in told("echo_client")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("uses_a_name", "at line 19: return serve(echo_client)"),
        ("uses_the_module", "at line 23: return netlab.serve(echo_client)"),
    ],
)
def test_an_answer_without_netlab_is_asked_for(name: str, line: str) -> None:
    said = told(name)
    assert "the check plays the sockets itself: nothing of netlab can be used" in said
    assert line in said
    assert "import" not in said
