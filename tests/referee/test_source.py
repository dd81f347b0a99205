"""What goes to the worker: the function, and what it needs of the notebook, in a working order."""

from __future__ import annotations

import functools
import http.client
import math as numbers
import re
import subprocess
import sys
import xml.dom.minidom
from socket import AF_INET, SHUT_WR, create_connection
from typing import Any
from urllib.parse import urlsplit

import pytest

from netlab.referee.source import Answer, NoSource, read

LIMIT, NAMES = 7, {"a": [1, b"2"], "b": (None, 3.5)}
YET = "raise NotImplementedError  # YOUR CODE HERE"
ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)


class Server:
    """Cannot be made where answers are judged."""

    def __init__(self) -> None:
        if __name__ == "answer":
            raise OSError("no sockets here")


server = Server()
LETTERS = "[a-z]+"
WORD = re.compile(LETTERS)


def run(answer: Any) -> Any:
    """The answer again, made of its text alone."""
    found = read(answer)
    space: dict[str, Any] = {"__name__": "answer"}
    for piece in found.pieces:
        exec(compile("\n" * (piece.line - 1) + piece.text, piece.file, "exec"), space)
    return space[found.name]


def twice(function: Any) -> Any:
    @functools.wraps(function)
    def both(*arguments: Any) -> Any:
        return function(*arguments), function(*arguments)

    return both


def even(n: int) -> bool:
    return n == 0 or odd(n - 1)


def odd(n: int) -> bool:
    return n != 0 and even(n - 1)


class Base:
    size = LIMIT

    def double(self) -> int:
        return 2 * self.size


class Reader(Base):
    def root(self) -> float:
        return numbers.sqrt(self.double() + 2)


class Refused(ValueError):
    pass


def uses_a_class_without_methods() -> Any:
    try:
        raise Refused(LIMIT)
    except Refused as error:
        return error.args


def uses_all() -> Any:
    return even(LIMIT), Reader().root(), NAMES["a"]


@twice
def decorated(n: int) -> int:
    return n + LIMIT


def needs_a_server() -> Any:
    return server


def needs_the_endless() -> Any:
    return ENDLESS


def calls_the_library() -> Any:
    return create_connection.__name__


def uses_what_its_cell_makes() -> Any:
    """A wrapped function of a module, an enum's member, an object that its cell has made."""
    return urlsplit("http://a/b").path, AF_INET.name, WORD.fullmatch("b") is not None


def uses_what_is_cached() -> Any:
    return urlsplit("http://a/b").path


def needs_a_module_inside_another() -> Any:
    return http.client.HTTPConnection.__name__, xml.dom.minidom.__name__


def test_all_that_it_names_comes_along() -> None:
    assert run(uses_all)() == (False, 4.0, [1, b"2"])
    assert run(Reader)().double() == 14 and run(decorated)(1) == (8, 8)
    assert run(uses_what_its_cell_makes)() == ("/b", "AF_INET", True)
    assert run(uses_a_class_without_methods)() == (7,)
    assert run(calls_the_library)() == "create_connection" and SHUT_WR == 1
    assert run(uses_what_is_cached)() == "/b"


def test_a_module_inside_another_comes_along() -> None:
    """In a process that has imported neither."""
    pieces = read(needs_a_module_inside_another).pieces
    text = "\n".join([*(piece.text for piece in pieces), "print(needs_a_module_inside_another())"])
    command = [sys.executable, "-I", "-S", "-c", text]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (shown.stdout, shown.stderr) == ("('HTTPConnection', 'xml.dom.minidom')\n", "")


def test_lines_keep_their_numbers() -> None:
    assert run(uses_all).__code__.co_firstlineno == uses_all.__code__.co_firstlineno


@pytest.mark.parametrize("answer", [needs_a_server, needs_the_endless])
def test_servers_and_knots_stay_behind(answer: Any) -> None:
    with pytest.raises(NameError):
        run(answer)()


def test_data_is_its_own_text() -> None:
    assert read(NAMES, "cuts").pieces[0].text == f"cuts = {NAMES!r}\n"


@pytest.mark.parametrize("answer", [len, int, object(), ENDLESS, create_connection, lambda: 1])
def test_what_has_no_text_is_said(answer: Any) -> None:
    try:
        found = read(answer)
    except NoSource as why:
        assert len(str(why)) > 20
    else:  # the library's own functions have one, too
        assert found.name == "create_connection"


@pytest.mark.parametrize(
    ("text", "stub"),
    [
        ("def f(sock):\n    '''Says.'''\n    ...", True),
        ("def f(sock):\n    # YOUR CODE HERE\n    raise NotImplementedError", True),
        ("def f(sock):\n    raise NotImplementedError('yet')", True),
        ("def f(sock):\n    return b''", False),
        ("def f(sock):\n    def ignore(*_): pass\n    return ignore", False),
        (f"class F:\n    def __init__(self): self.a = 1\n    def readline(self): {YET}", True),
        (f"class F:\n    def __init__(self): pass\n    def request(self): {YET}", True),
        (f"class F:\n    def request(self): return 1\n    def close(self): {YET}", True),
        ("class F:\n    def __init__(self): pass\n    def request(self): ...", True),
        ("class F:\n    def reply(self, sock):\n        pass  # YOUR CODE HERE", True),
        ("class F:\n    def __init__(self): pass\n    def request(self): return 1", False),
        ("class F:\n    def __init__(self): pass\n    async def ask(self): return 1", False),
        ("class F:\n    def readline(self): return 1", False),
        ("class F(list): pass", False),
        ("f = {1: [], 2: []}", True),
        ("f = {1: [b'a'], 2: []}", False),
    ],
)
def test_stubs(text: str, stub: bool) -> None:
    assert Answer.of_text(text, "f").is_stub == stub


def test_an_earlier_exercise_is_given() -> None:
    mine = "def recv_exactly(sock, n):\n    return b'mine'\n"
    answer = Answer("f", (*Answer.of_text(mine, "x").pieces, *Answer.of_text("f = 1", "f").pieces))
    given = answer.with_help({"recv_exactly": "def recv_exactly(sock, n): ...\n"})
    assert [piece.file for piece in given.pieces] == ["<given recv_exactly>", "<answer 0>"]
