"""Readers against scripted pieces: what they find, what comes back, and whether it is right."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from netlab.exercises.cuts.readers import read_framed, read_line, read_request, read_until_short
from netlab.widgets.scripted import ScriptedSocket, WouldWait, judge, pieces_of, play

REPORT = b"lamp=on;t=21\n"
LINES = [b"on;21\n", b"off;21\n"]


def verdict(reader: Any, messages: list[bytes], *cuts: int, largest: int = 99) -> tuple[str, str]:
    calls = play(reader, pieces_of(b"".join(messages), cuts, largest), len(messages))
    found = judge(reader, messages, calls)
    assert found.right == (found.kind == "right")
    return found.kind, found.why


def test_a_recv_finds_one_piece_and_leaves_what_it_did_not_ask_for() -> None:
    sock = ScriptedSocket([b"abcde", b"", b"fg"])
    assert [sock.recv(3), sock.recv(0), sock.recv(3), sock.recv(3)] == [b"abc", b"", b"de", b"fg"]
    assert (sock.at, sock.found) == (7, [3, 2, 2])
    with pytest.raises(WouldWait):
        sock.recv(1)
    with pytest.raises(AttributeError, match="has recv alone; the reader asked for sendall"):
        sock.sendall(b"x")


def test_cuts() -> None:
    assert pieces_of(b"abcdef", (0, 6), 99) == [b"abcdef"]
    assert pieces_of(b"abcdef", (4, 2), 99) == [b"ab", b"cd", b"ef"]
    assert pieces_of(b"abcdef", (5, 5), 2) == [b"ab", b"cd", b"e", b"f"]
    assert pieces_of(b"abc", (9,), 1) == [b"a", b"b", b"c"]


@pytest.mark.parametrize(
    ("reader", "messages", "cuts", "kind", "words"),
    [
        (read_until_short, [REPORT], (), "right", "It returned b'lamp=on;t=21\\n'."),
        (read_until_short, [REPORT], (8,), "right", "returned"),
        (read_until_short, [REPORT], (5,), "too little", "b'lamp=', 5 of 13 bytes"),
        (read_until_short, [bytes(8)], (), "waits for ever", "with no cut at all"),
        (read_request, [b"GET /lamp\r\n\r\n"], (9,), "right", "returned"),
        (read_request, [b"GET /lamp\r\n\r\n"], (10,), "waits for ever", "all 13 bytes have come"),
        (read_line, LINES, (6,), "right", "Call 2 returned b'off;21'"),
        (read_line, LINES, (), "thrown away", "Call 1 had taken 7 bytes of this message"),
        (read_line, LINES, (8,), "thrown away", "Call 2 returned b'f;21', 4 of 6 bytes"),
        (read_request, [b"\r\n\r\n", b"x\r\n\r\n"], (), "too much", "5 bytes too many"),
        (read_framed, [b"\0\0\0\x02ok"], (5,), "right", "returned b'ok'"),
        (read_framed, [b"\0\0\0\x02ok"], (3,), "error", "struct.error: unpack requires"),
    ],
)
def test_verdicts(reader: Any, messages: Any, cuts: Any, kind: str, words: str) -> None:
    came, why = verdict(reader, messages, *cuts)
    assert came == kind
    assert words in why


def test_no_cut_pleases_all_four() -> None:
    """What the lesson asks to be predicted."""
    four = [(read_until_short, [REPORT]), (read_line, LINES)]
    for first in range(14):
        for second in range(14):
            for largest in range(1, 14):
                kinds = [verdict(r, m, first, second, largest=largest)[0] for r, m in four]
                assert kinds != ["right", "right"]


def test_a_single_cut_makes_three_of_four_fail() -> None:
    """And where: the lesson says so after the explorer."""
    mark, length = [b"GET /lamp\r\n\r\n"], [b"\0\0\0\x09lamp = on"]
    four = [(read_until_short, [REPORT]), (read_request, mark), (read_line, LINES)]
    four.append((read_framed, length))
    fails = {cut: sum(verdict(r, m, cut)[0] != "right" for r, m in four) for cut in range(14)}
    assert [cut for cut in fails if fails[cut] == 3] == [1, 2, 3, 10, 11, 12]
    assert max(fails.values()) == 3


class LineReader:
    """A right one."""

    def __init__(self, sock: Any) -> None:
        self.sock, self.buffer = sock, b""

    def readline(self) -> bytes:
        while b"\n" not in self.buffer:
            self.buffer += self.sock.recv(4096)
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line


def test_a_class_is_made_once_for_a_stream() -> None:
    for cut in range(14):
        assert verdict(LineReader, LINES, cut)[0] == "right"
    assert verdict(LineReader, LINES, largest=1)[0] == "right"


def test_what_never_ends_is_ended() -> None:
    def spins(sock: Any) -> None:
        while True:
            sock.recv(0)

    def swallows(sock: Any) -> None:
        while True:
            try:
                sock.recv(1)
            except Exception:
                pass

    before = sys.gettrace()
    assert verdict(spins, [b"abc"]) == (
        "never ends",
        "It would run for ever. So it does with no cut at all.",
    )
    assert verdict(swallows, [b"abc"])[0] == "waits for ever"
    assert sys.gettrace() is before


def test_an_error_of_the_readers_own_is_a_verdict() -> None:
    def stub(sock: Any) -> None:
        raise NotImplementedError

    assert verdict(stub, [b"abc"])[1].startswith("It raised NotImplementedError")
