"""Datagrams as an answer meets them: edges, losses, waits, and a clock that nothing else moves."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from netlab.referee.play import Played, Referee
from netlab.referee.scenario import REFUSED, SOCK, Call, Mark, Scenario
from netlab.referee.source import Answer


def echo(number: int, data: bytes) -> Sequence[tuple[float, bytes | Mark]]:
    """Twice: after a second, and cut in half after two; the third datagram is lost."""
    return [] if number == 3 else [(1.0, data), (2.0, data[: len(data) // 2])]


def play(body: str, answers: object = echo) -> Played:
    """What f(sock) does; the lines of its body are joined by semicolons."""
    text = f"import time\ndef f(sock):\n    {body}"
    scenario = Scenario("", "", (Call((SOCK,)),), answers=answers)  # type: ignore[arg-type]
    with Referee() as referee:
        return referee.play(Answer.of_text(text, "f"), scenario)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("sock.send(b'abcd'); return sock.recv(99), sock.recv(99)", (b"abcd", b"ab")),
        ("sock.send(b'abcd'); return sock.recv(3), sock.recv(99)", (b"abc", b"ab")),
        ("sock.send(b'a'); return sock.recv(9), sock.recv(9)", (b"a", b"")),
        ("return sock.send(b'abc'), sock.sendto(b'abc', sock.getpeername())", (3, 3)),
        ("sock.sendto(b'ab', ('192.0.2.2', 7)); return sock.recvfrom(9)[1]", ("192.0.2.2", 7)),
        ("b = bytearray(9); sock.send(b'ab'); return sock.recv_into(b), bytes(b[:2])", (2, b"ab")),
        ("sock.send(b'a'); sock.send(b'b'); return sock.recv(9), sock.recv(9)", (b"a", b"b")),
        ("sock.send(b'ab'); t = time.time(); sock.recv(9); return round(time.time() - t, 3)", 1.0),
        ("return sock.type.name", "SOCK_DGRAM"),
    ],
)
def test_what_comes(body: str, expected: object) -> None:
    (outcome,) = play(body).outcomes
    assert outcome.kind == "returned" and outcome.value == expected, outcome


def test_a_timeout_takes_its_time_and_what_is_late_is_still_there() -> None:
    body = "sock.settimeout(0.4)\n    sock.send(b'ab')\n    try:\n        sock.recv(9)\n"
    body += "    except TimeoutError:\n        sock.settimeout(1)\n        return sock.recv(9)"
    began = time.monotonic()
    played = play(body)
    assert time.monotonic() - began < 5
    assert played.outcomes[0].value == b"ab" and played.peer.clock.now == pytest.approx(1)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("sock.recv(9)", "blocked"),
        ("[sock.send(b'x') for _ in range(10**6)]", "spins"),
        ("sock.setblocking(False)\n    while True:\n        try: sock.recv(9)\n"
         "        except BlockingIOError: pass", "spins"),
        ("sock.settimeout(60)\n    while True:\n        try: sock.recv(9)\n"
         "        except TimeoutError: pass", "spins"),
    ],
)  # fmt: skip
def test_what_never_ends_is_known_at_once(body: str, kind: str) -> None:
    began = time.monotonic()
    assert play(body).outcomes[0].kind == kind
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("sock.send(b'?'); sock.recv(9)", "ConnectionRefusedError"),
        ("sock.send(bytes(65508))", "OSError"),
        ("sock.sendto(b'?', ('192.0.2.9', 7))", "PermissionError"),
        ("sock.settimeout(1); sock.recv(9)", "TimeoutError"),
    ],
)
def test_errors(body: str, error: str) -> None:
    (outcome,) = play(body, lambda number, data: [(0.1, REFUSED)]).outcomes
    assert outcome.error[:1] == (error,)


def test_what_was_heard_and_when_is_kept() -> None:
    played = play("sock.send(b'a'); time.sleep(2); sock.send(b'b')")
    assert played.peer.peers[0].heard == [(0.0, b"a"), (2.0, b"b")]
