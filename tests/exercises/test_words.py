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
        (
            "echo_client",
            "def echo_client(address, data):\n    from netlab import EchoServer",
            ["nothing of netlab can be used in an answer", "at line 2: from netlab import"],
        ),
        (
            "echo_client",
            "def helper(): pass\ndef echo_client(address, data):\n    return helper",
            ["returned the function `helper`"],
        ),
        (
            "read_response",
            "def read_response(sock, method):\n    head = b''\n"
            "    while not head.endswith(b'\\r\\n\\r\\n'):\n        head += sock.recv(1)\n"
            "    return 0, {}, sock.makefile('rb').read()",
            [
                "recv(1) x 74 <- 74 bytes",
                "... 5\\r\\nX-Lamp:  on: Off \\r\\nX-Lamp: x\\r\\n\\r\\n'",
            ],
        ),
    ],
)
def test_it_says(name: str, program: str, sentences: list[str]) -> None:
    said = repr(judged(find(name), Answer.of_text(program, name)))
    assert all(sentence in said for sentence in sentences), said
