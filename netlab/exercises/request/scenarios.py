"""request(sock, number, question): ask over UDP, ask again, and know the reply by its number."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from netlab.referee.gap import brief
from netlab.referee.scenario import REFUSED, SOCK, Answers, Call, Mark, Scenario

LESSON = 14
NEEDS: tuple[str, ...] = ()
TRIP = 0.05  # seconds there and back
WAITS = (1, 2, 4, 8)  # seconds
STARTS = (0, 1, 3, 7)  # when each of the four leaves, if none is answered
CLOSE = 0.05  # seconds of difference that are none
WORDS = (b"noon", b"dawn", b"dusk", b"late")  # of one length
Answer = tuple[float, bytes | Mark]
Other = tuple[float, Callable[[int], bytes]]  # when, and what it says to this number


def scenarios(seed: str) -> Iterator[Scenario]:
    """Eighteen; the seed changes numbers and words."""
    rng = random.Random(f"request {seed}")

    def ask(
        behaviour: str,
        words: str,
        answers: Callable[[int, bytes], Answers],
        answer: bytes = b"noon",
        sends: int = 1,
        raises: str = "",
        ends: float | None = None,
    ) -> Scenario:
        number = rng.randrange(2, 10)
        call = Call((SOCK, number, b"time?"), returns=answer, raises=raises)
        if raises:
            call = Call(call.args, raises=raises)
        after = _left(b"%d time?" % number, STARTS[:sends], ends)
        return Scenario(behaviour, words, (call,), answers=answers(number, answer), after=after)

    whole, again, late = "whole replies", "asks again", "late replies"
    stale, strange, silence = "stale replies", "strangers", "silence"
    word = rng.choice(WORDS)
    yield ask(whole, "The reply comes at once.", _from(1), word)
    yield ask(whole, "The answer has three words.", _from(1), b"half past " + word)
    yield ask(whole, "The number comes back with a space, and an empty answer.", _from(1), b"")
    yield ask(whole, "The answer has 2000 bytes.", _from(1), (word * 500)[:2000])
    yield ask(again, "The first question is lost.", _from(2), word, sends=2)
    yield ask(again, "The first two questions are lost.", _from(3), word, sends=3)
    yield ask(again, "Three questions are lost; the fourth is answered.", _from(4), word, sends=4)
    words = "The reply takes 1.5 seconds: it is there after the second question."
    yield ask(late, words, _from(1, 1.5), word, sends=2)
    words = "The reply to the first question takes 6 seconds. All others are lost."
    yield ask(late, words, _from(1, 6.0), word, sends=3)
    yield ask(silence, "Nobody answers.", _with(), sends=4, raises="TimeoutError", ends=sum(WAITS))
    words = "First comes the reply to the question before."
    yield ask(stale, words, _with((0.01, _before)), word)
    words = "First comes a reply whose number begins with the same digit."
    yield ask(stale, words, _with((0.01, _alike)), word)
    words = "An old reply comes, and ours is lost once."
    yield ask(stale, words, _with((0.4, _before), ours=2), word, sends=2)
    words = "Every 0.4 seconds comes an old reply, and ours never."
    flood = [(0.4 * n, _before) for n in range(1, 60)]
    yield ask(stale, words, _with(*flood, ours=0), sends=4, raises="TimeoutError", ends=sum(WAITS))
    yield ask(strange, "First comes hello.", _with((0.01, lambda number: b"hello")), word)
    yield ask(
        strange, "First comes hello world.", _with((0.01, lambda number: b"hello world")), word
    )
    yield ask(
        strange, "First comes a datagram of no bytes.", _with((0.01, lambda number: b"")), word
    )
    words = "The port is closed, and the other side's kernel says so."
    yield ask(
        "errors pass through",
        words,
        lambda number, answer: lambda nth, data: [(TRIP, REFUSED)],
        raises="ConnectionRefusedError",
    )


def _from(first: int, delay: float = TRIP) -> Callable[[int, bytes], Answers]:
    """The reply to one question, the nth; the others are lost."""

    def make(number: int, answer: bytes) -> Answers:
        return lambda nth, data: [(delay, b"%d %s" % (number, answer))] if nth == first else []

    return make


def _with(*others: Other, ours: int | None = None) -> Callable[[int, bytes], Answers]:
    """Other datagrams after the first question. ours: which question is answered, none is 0; the
    first if it is not said and there are others."""
    turn = bool(others) if ours is None else ours

    def make(number: int, answer: bytes) -> Answers:
        def answers(nth: int, data: bytes) -> Sequence[Answer]:
            came: list[Answer] = []
            if nth == 1:
                came += [(when, words(number)) for when, words in others]
            if nth == turn:
                came.append((TRIP, b"%d %s" % (number, answer)))
            return came

        return answers

    return make


def _before(number: int) -> bytes:
    """The reply to the question before."""
    return b"%d old" % (number - 1)


def _alike(number: int) -> bytes:
    """The reply to a question whose number begins with the same digit."""
    return b"%d old" % (number * 10)


def _left(datagram: bytes, starts: Sequence[float], ends: float | None) -> Callable[[Any], str]:
    """An `after`: what left, when, and when it was given up."""

    def after(net: Any) -> str:
        heard = net.peers[0].heard
        if wrong := next((data for _, data in heard if data != datagram), None):
            return f"expected {brief(datagram)} as each datagram\nsent     {brief(wrong)}"
        times = [when for when, _ in heard]
        same = len(times) == len(starts) and all(
            abs(a - b) <= CLOSE for a, b in zip(times, starts, strict=True)
        )
        if not same:
            return f"expected {_at(starts)}\nsent     {_at(times)}"
        if ends is not None and abs(net.clock.now - ends) > CLOSE:
            return f"expected it to give up after {ends:g} s\ngave up  after {net.clock.now:.3g} s"
        return ""

    return after


def _at(times: Sequence[float]) -> str:
    if not times:
        return "no datagram"
    more = ", ..." if len(times) > 6 else ""
    listed = ", ".join(f"{when:.3g}" for when in times[:6])
    return f"{len(times)} datagram{'s' * (len(times) > 1)}, at {listed}{more} s"
