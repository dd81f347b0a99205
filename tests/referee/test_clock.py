"""A scenario's own time, as an answer meets it: nothing waits, and every length is exact."""

from __future__ import annotations

import time

import pytest

from netlab.exercises.web import reply, serves
from netlab.referee.play import Played, Referee
from netlab.referee.scenario import CONNECT, HIDDEN, Call, Scenario, Takes
from netlab.referee.source import Answer

ASK = 'sock.sendall(b"GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n"); sock.recv(99)'


def takes(what: str, number: int) -> float:
    """0.1 s for the first connection, 0.2 for the second; 5 s for a reply."""
    return number / 10 if what == "connect" else 5.0


def play(body: str, takes: Takes | None = takes) -> Played:
    """What f(connect) does; the lines of its body are joined by semicolons."""
    text = f"import time\nfrom time import perf_counter\ndef f(connect):\n    {body}"
    servers = {HIDDEN: serves({"/": reply(b"hello")})}
    scenario = Scenario("", "", (Call((CONNECT,)),), servers=servers, takes=takes)
    with Referee() as referee:
        return referee.play(Answer.of_text(text, "f"), scenario)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a = time.perf_counter(); connect(); return time.perf_counter() - a", 0.1),
        ("a = perf_counter(); connect(); connect(); return perf_counter() - a", 0.3),
        ("a = time.monotonic_ns(); connect(); return (time.monotonic_ns() - a) / 1e9", 0.1),
        (f"sock = connect(); a = time.time(); {ASK}; return time.time() - a", 5),
        (f"sock = connect(); a = time.time(); {ASK}; {ASK}; return time.time() - a", 10),
        ("a = perf_counter(); time.sleep(3); return perf_counter() - a", 3),
        (f"sock = connect(); {ASK}; return time.process_time()", 0),
        (
            "sock = connect(); a = perf_counter(); sock.sendall(b'GET / HTTP/1.0\\r\\n\\r\\n'); "
            "time.sleep(4); sock.recv(9); return perf_counter() - a",
            5,
        ),
    ],
)
def test_time_passes_as_the_scenario_says(body: str, expected: float) -> None:
    began = time.monotonic()
    (outcome,) = play(body).outcomes
    assert outcome.value == pytest.approx(expected, abs=0.001)
    assert time.monotonic() - began < 2.5


def test_a_timeout_ends_in_its_time() -> None:
    (outcome,) = play(f"sock = connect(); sock.settimeout(2); {ASK}").outcomes
    assert outcome.error[0] == "TimeoutError"
    body = "sock = connect(); sock.settimeout(6); " + ASK + "; return perf_counter()"
    assert play(body).outcomes[0].value == pytest.approx(5.1, abs=0.001)


def test_waiting_in_a_loop_ends() -> None:
    (outcome,) = play("a = perf_counter()\n    while perf_counter() < a + 99: pass").outcomes
    assert outcome.kind == "spins"


def test_without_a_clock_time_is_real() -> None:
    body = "a = perf_counter(); time.sleep(0.02); return perf_counter() - a"
    value = play(body, None).outcomes[0].value
    assert value >= 0.02
    answer = Answer.of_text("import time\ndef f(): return time.monotonic()", "f")
    with Referee() as referee:
        virtual, real = (
            referee.play(answer, Scenario("", "", (Call(),), takes=clock)).outcomes[0].value
            for clock in (takes, None)
        )
    assert virtual < 1 and real != virtual
