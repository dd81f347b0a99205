"""round_trip(connect): the round trip of a path that cannot be seen, from times alone."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from netlab.exercises.web import reply, serves
from netlab.referee.ends import closed
from netlab.referee.gap import show
from netlab.referee.scenario import CONNECT, HIDDEN, Call, Scenario, Takes

LESSON = 33
NEEDS: tuple[str, ...] = ()
PRECISION = 0.1  # of the round trip
LOST = 1.0  # seconds until a lost SYN is sent again (RFC 6298 section 2)


def scenarios(seed: str) -> Iterator[Scenario]:
    """Ten; the seed changes round trips and delays, never who is delayed."""
    rng = random.Random(f"round_trip {seed}")

    def path(
        behaviour: str, words: str, think: float = 0.001, busy: bool = False, lost: int = 0
    ) -> Scenario:
        """think is in round trips; if busy, two of five have to queue; the SYN `lost` gets lost."""
        rtt = rng.randrange(30, 200) / 1000
        queues = [rng.uniform(0.5, 3) * rtt for _ in range(5)]
        little = [rng.uniform(0, 0.02) * rtt for _ in range(5)]

        def takes(what: str, number: int) -> float:
            turn = number % 5
            waits = queues[turn] if busy and turn in (1, 4) else little[turn] if busy else 0.0
            if what == "connect":
                return rtt + waits + (LOST if number == lost else 0.0)
            return rtt * (1 + think) + waits

        return _scenario(behaviour, words, rtt, takes)

    quiet, slow = "a quiet path", "a server that takes its time"
    busy, lost = "other traffic", "a lost packet"
    yield path(quiet, "A path of its own, and a server that answers at once.")
    words = "What is opened to measure is closed again."
    yield replace(path("connections are closed", words), after=closed)
    yield path(quiet, "Another path.")
    yield path(slow, "The server works on each reply for half a round trip.", think=0.5)
    yield path(slow, "The server works on each reply for five round trips.", think=5.0)
    yield path(busy, "Now and then other packets go first, on connecting, too.", busy=True)
    words = "Other packets go first now and then, and the server takes its time."
    yield path(busy, words, think=2.0, busy=True)
    words = "The first SYN gets lost. After a second it is sent again."
    yield path(lost, words, lost=1)
    words = "The second SYN gets lost, and the server takes its time."
    yield path(lost, words, think=1.0, lost=2)
    words = "The first SYN gets lost, and now and then other packets go first."
    yield path(lost, words, busy=True, lost=1)


def _scenario(behaviour: str, words: str, rtt: float, takes: Takes) -> Scenario:
    pages = {"/": reply(b"hello")}
    call = Call((CONNECT,), looks=_within(rtt))
    return Scenario(behaviour, words, (call,), servers={HIDDEN: serves(pages)}, takes=takes)


def _within(rtt: float) -> Callable[[Any], str]:
    def look(came: Any) -> str:
        wanted = f"expected {rtt:.3f} seconds, give or take {PRECISION:.0%}"
        if type(came) not in (int, float):
            return f"{wanted}\nreturned {show(came)}"
        if abs(came - rtt) <= PRECISION * rtt:
            return ""
        much = f"{float(f'{came / rtt:.2g}'):g} times as much" if came > 0 else "that is no time"
        return f"{wanted}\nreturned {came:.3f}: {much}"

    return look
