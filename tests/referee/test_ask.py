"""ASK, a function that takes its time; `reacts`, a given peer that answers; and gathered writes."""

from __future__ import annotations

from netlab.referee.play import Played, Referee
from netlab.referee.scenario import ASK, SOCK, Call, Scenario, Sends
from netlab.referee.source import Answer
from netlab.referee.verdict import judge


def play(scenario: Scenario, text: str) -> Played:
    with Referee() as referee:
        return referee.play(Answer.of_text(text, "f"), scenario)


def test_ask_takes_what_the_scenario_says_and_no_real_time() -> None:
    text = "import time\ndef f(ask):\n    ask()\n    ask()\n    return time.perf_counter()"
    scenario = Scenario("", "", (Call((ASK,)),), takes=lambda what, number: 100.0 * number)
    played = play(scenario, text)
    assert abs(played.outcomes[0].value - 300) < 0.001
    assert played.peer.clock.asks == [0, 100]
    assert [event.waited for event in played.peer.log] == ["after 100.000 s", "after 200.000 s"]


def test_who_asks_for_ever_is_stopped() -> None:
    scenario = Scenario("", "", (Call((ASK,)),), takes=lambda what, number: 1.0)
    played = play(scenario, "def f(ask):\n    while True:\n        ask()")
    assert played.outcomes[0].kind == "spins"


def answers_ab(heard: bytes, ended: bool) -> Sends:
    return (b"yes",) if heard == b"ab" else ()


def test_a_given_peer_answers_when_it_has_heard_all() -> None:
    scenario = Scenario("", "", (Call((SOCK,), returns=b"yes"),), reacts=answers_ab)
    lines = "def f(sock):\n    sock.sendall(b'a')\n    {}\n    return sock.recv(9)"
    whole = Answer.of_text(lines.format("sock.sendall(b'b')"), "f")
    assert judge(whole, [scenario]).passed
    assert play(scenario, lines.format("pass")).outcomes[0].kind == "blocked"


def test_a_gathered_write_is_one_write() -> None:
    scenario = Scenario("", "", (Call((SOCK,)),), accepts=(3,))
    played = play(scenario, "def f(sock):\n    return sock.sendmsg([b'ab', b'cd'])")
    assert played.outcomes[0].value == 3
    assert [event.data for event in played.peer.log] == [b"abc"]
