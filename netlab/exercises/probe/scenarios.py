"""probe(sock, count): what a path loses, doubles and reorders, by number."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from netlab.exercises.parts import parts
from netlab.referee.gap import brief
from netlab.referee.scenario import SOCK, Call, Scenario

LESSON = 14
NEEDS: tuple[str, ...] = ()
TRIP = 0.05  # seconds there and back
Fates = Mapping[int, tuple[float, ...]]  # by number: how late each copy is; none if it is lost


def scenarios(seed: str) -> Iterator[Scenario]:
    """Sixteen; the seed changes the numbers that something befalls."""
    rng = random.Random(f"probe {seed}")
    third, fifth, eighth = rng.randrange(2, 4), rng.randrange(5, 7), rng.randrange(8, 10)

    good, losses, doubles = "a good path", "losses", "doubles"
    disorder, others, patience = "disorder", "other datagrams", "patience"
    yield _path(good, "Ten messages, and ten replies in order.", 10)
    yield replace(
        _path("what is sent", "What goes out: ten datagrams, one for each number.", 10),
        after=_sent(10),
    )
    yield _path(good, "One message, and its reply.", 1)
    yield _path(losses, f"Number {third} of ten is lost.", 10, {third: ()})
    yield _path(losses, "The first and the last of twelve are lost.", 12, {1: (), 12: ()})
    yield _path(losses, "All ten are lost.", 10, {n: () for n in range(1, 11)})
    yield _path(doubles, f"Number {fifth} of ten comes twice.", 10, {fifth: (0, 0)})
    yield _path(doubles, f"Number {third} of ten comes three times.", 10, {third: (0, 0, 0.3)})
    words = f"Number {eighth} of twelve comes late, behind all others."
    yield _path(disorder, words, 12, {eighth: (0.2,)})
    words = f"Numbers {third} and {third + 1} of ten come late, but in order."
    yield _path(disorder, words, 10, {third: (0.2,), third + 1: (0.3,)})
    late = {n: (0.1 * (6 - n),) for n in range(1, 7)}
    yield _path(disorder, "Six messages, and six replies from the last to the first.", 6, late)
    words = f"Number {third} is lost, {fifth} comes twice: ten replies to ten messages."
    yield _path(doubles, words, 10, {third: (), fifth: (0, 0)})
    words = f"The second copy of number {third} comes late. A copy is no disorder."
    yield _path(disorder, words, 10, {third: (0, 0.4)})
    words = f"Number {eighth} of ten takes 0.9 seconds longer."
    yield _path(patience, words, 10, {eighth: (0.9,)})
    strange = (b"hello", b"0", b"11", b"")
    words = "Between the replies come hello, 0, 11, and a datagram of no bytes."
    yield _path(others, words, 10, {third: ()}, strange)
    words = "A number that was sent by an earlier probe comes first: 40 of 10."
    yield _path(others, words, 10, {eighth: (0, 0)}, (b"40",))


def _path(
    behaviour: str,
    words: str,
    count: int,
    fates: Fates | None = None,
    strange: tuple[bytes, ...] = (),
) -> Scenario:
    fates = fates or {}

    def answers(number: int, data: bytes) -> list[tuple[float, bytes]]:
        copies = [(TRIP + late, data) for late in fates.get(number, (0.0,))]
        return copies + [(TRIP, other) for other in strange if number == 1]

    call = Call((SOCK, count), looks=parts(("lost", "doubled", "reordered"), _truth(count, fates)))
    return Scenario(behaviour, words, (call,), answers=answers)


def _truth(count: int, fates: Fates) -> tuple[list[int], list[int], list[int]]:
    """By arrival: the copies in the order in which they come back."""
    numbers = range(1, count + 1)
    came = sorted((late, n) for n in numbers for late in fates.get(n, (0.0,)))
    seen: list[int] = []
    doubled, reordered = [], []
    for _, number in came:
        if number in seen:
            doubled.append(number)
        elif seen and number < max(seen):
            reordered.append(number)
        seen.append(number)
    lost = [number for number in numbers if number not in seen]
    return lost, sorted(doubled), sorted(reordered)


def _sent(count: int) -> Callable[[Any], str]:
    def after(net: Any) -> str:
        came = [data for _, data in net.peers[0].heard]
        wanted = [b"%d" % number for number in range(1, count + 1)]
        if came == wanted:
            return ""
        return f"expected {count} datagrams: {brief(wanted)}\nsent     {len(came)}: {brief(came)}"

    return after
