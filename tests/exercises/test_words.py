"""Sentences of reports that once misled somebody."""

from __future__ import annotations

import pytest

from netlab.exercises.bank import find
from netlab.exercises.check import judged
from netlab.referee.source import Answer


@pytest.mark.parametrize(
    ("name", "program", "sentences"),
    [
        (
            "recv_exactly",
            "def recv_exactly(sock, n):\n    return sock.recv(n)[:n - 1]",
            ["missing: the last of 8 bytes"],
        ),
        ("recv_exactly", "def recv_exactly(sock, n):\n    return b''", ["missing: all of it"]),
        (
            "recv_exactly",
            "def recv_exactly(sock, n):\n    raise ValueError",
            ["    raised   ValueError\n"],
        ),
        (
            "LineReader",
            "class LineReader:\n    def __init__(self, sock):\n        self.sock = sock\n"
            "    def readline(self):\n        return self.sock.recv(99).strip() or b'?'",
            ["One empty line arrives.", "too many: all of it"],
        ),
        (
            "cuts",
            "cuts = {1: [b'abcdefgh'], 2: [b'\\r\\n\\r', b'\\n'], 3: [b'\\n\\n'], 5: []}",
            ["by your 1 piece, and by a shorter stream, too", "your stream has 8 bytes"],
        ),
        ("cuts", "cuts = {1: ['a', 'b']}", ["expected under 1 a list", "came     ['a', 'b']"]),
        ("cuts", "cuts = {2: [b'ab']}", ["expected under 1 a list", "came     nothing"]),
        ("cuts", "cuts = [b'a']", ['such as [b"ab", b"c"], in a dict', "came     [b'a']"]),
    ],
)
def test_it_says(name: str, program: str, sentences: list[str]) -> None:
    said = repr(judged(find(name), Answer.of_text(program, name)))
    assert all(sentence in said for sentence in sentences), said
