"""What scenarios with connections of their own rely on: who answers, how they die, what is left."""

from __future__ import annotations

from typing import Any

import pytest

from netlab.referee.gap import find_gap
from netlab.referee.play import Played, Referee
from netlab.referee.report import report
from netlab.referee.scenario import BROKEN, END, RESET, SOCK, Call, Mark, Scenario, Sends
from netlab.referee.source import Answer
from netlab.referee.verdict import judge

ADDRESS = ("127.0.0.1", 50009)


def says(word: bytes, then: Mark | None = None) -> Any:
    def reaction(heard: bytes, ended: bool) -> Sends:
        if not heard:
            return ()
        return (word, then) if then else (word,)

    return reaction


def play(text: str, *scenarios: Scenario) -> list[Played]:
    with Referee() as referee:
        return [referee.play(Answer.of_text(text, "f"), scenario) for scenario in scenarios]


def test_each_connection_can_have_its_own_server() -> None:
    text = """import socket
def f(address):
    found = []
    for _ in range(4):
        with socket.create_connection(address) as sock:
            sock.sendall(b"?")
            found.append(sock.recv(9))
    return found"""
    servers = {ADDRESS: (says(b"first"), says(b"second"), says(b"third"))}
    (played,) = play(text, Scenario("", "", (Call((ADDRESS,)),), servers=servers))
    assert played.outcomes[0].value == [b"first", b"second", b"third", b"third"]


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        (END, ["", b""]),
        (RESET, ["", "ConnectionResetError"]),
        (BROKEN, ["BrokenPipeError", "ConnectionResetError"]),
    ],
)
def test_how_a_connection_dies(then: Mark, expected: list[Any]) -> None:
    text = """import socket
def f(address):
    sock = socket.create_connection(address)
    sock.sendall(b"?")
    found = [sock.recv(9)]
    for call in (lambda: sock.sendall(b"!"), lambda: sock.recv(9)):
        try:
            found.append(call() if found[1:] else call() or "")
        except OSError as error:
            found.append(type(error).__name__)
    return found"""
    servers = {ADDRESS: says(b"hello", then)}
    (played,) = play(text, Scenario("", "", (Call((ADDRESS,)),), servers=servers))
    assert played.outcomes[0].value == [b"hello", *expected]


def test_a_forgotten_file_disturbs_no_later_scenario() -> None:
    """Its socket was closed, so the file closes it at last, when it is forgotten."""
    text = """import socket
class Keeper:
    def __init__(self, address):
        self.stream = socket.create_connection(address).makefile("rwb")
        self.stream.write(b"never flushed")
        self.me = self
def f(address):
    sock = socket.create_connection(address)
    stream = sock.makefile("rb")
    sock.sendall(b"?")
    sock.close()
    f.kept = stream, Keeper(address)
    return stream.read(2)"""
    scenario = Scenario("", "", (Call((ADDRESS,)),), servers={ADDRESS: says(b"hello")})
    for played in play(text, *[scenario] * 5):
        assert [(o.kind, o.value) for o in played.outcomes] == [("returned", b"he")]
        assert played.outcomes[0].printed == ""


def test_a_look_judges_a_value_and_names_the_mistake() -> None:
    call = Call(
        (SOCK,), looks=lambda came: "" if came in (1, 2) else "expected 1 or 2\nno", text="f"
    )
    scenario = Scenario("", "", (call,))
    right, wrong = (play(f"def f(sock): return {n}", scenario)[0] for n in (2, 3))
    also_wrong = play("def f(sock): return 4", scenario)[0]
    assert find_gap(right) is None
    gap = find_gap(wrong)
    assert gap is not None and gap.lines == ("expected 1 or 2", "no") and gap.call == 0
    assert wrong.behaviour == also_wrong.behaviour != right.behaviour


def test_a_report_writes_a_call_as_the_scenario_does() -> None:
    call = Call((b"\x45\x00",), returns=1, text="f(data)\nheader 45 00")
    verdict = judge(Answer.of_text("def f(data): return 2", "f"), [Scenario("b", "words", (call,))])
    assert "    f(data)\n        header 45 00\n    expected 1" in repr(report(verdict, "f"))
