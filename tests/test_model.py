"""The link model: pure, and checked against arithmetic."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netlab.wire.model import Conditions, Link
from netlab.wire.trouble import Trouble

times = st.floats(0, 100, allow_nan=False)
sizes = st.integers(1, 65_536)
conditions = st.builds(
    lambda delay, share, rate, seed: Conditions(
        delay=delay, jitter=delay * share, rate=rate, seed=seed
    ),
    st.floats(0, 1),
    st.floats(0, 1),
    st.none() | st.floats(1e4, 1e9),
    st.integers(0, 10),
)


def test_delay_alone_is_a_shift() -> None:
    link = Link(Conditions(delay=0.020))
    assert [link.send(t, 100) for t in (0.0, 1.0, 5.0)] == pytest.approx([0.020, 1.020, 5.020])


def test_a_rate_sends_one_packet_at_a_time() -> None:
    link = Link(Conditions(rate=1e6, delay=0.010))  # 1250 bytes take 10 ms
    assert [link.send(0.0, 1250) for _ in range(3)] == pytest.approx([0.020, 0.030, 0.040])
    assert link.queued(0.0) == pytest.approx(3 * 1250)
    assert link.queued(0.025) == pytest.approx(625)
    assert link.queued(1.0) == 0


def test_a_full_queue_says_when_there_is_room() -> None:
    link = Link(Conditions(rate=8e6, queue=10_000))  # a byte a microsecond
    assert link.room_at(0.0) == 0.0
    link.send(0.0, 10_000)
    room = link.room_at(0.0)
    assert link.queued(room) + 1460 == pytest.approx(10_000)


@given(conditions, st.lists(st.tuples(times, sizes), min_size=1, max_size=30))
def test_nothing_is_early_and_order_is_kept(asked: Conditions, packets: list) -> None:
    link = Link(asked)
    packets.sort()
    leaves = [link.send(when, size) for when, size in packets]
    for (when, size), left in zip(packets, leaves, strict=True):
        least = when + asked.delay - asked.jitter + size * 8 / (asked.rate or float("inf"))
        assert left >= least - 1e-9
    assert all(a <= b for a, b in pairwise(leaves))


@given(conditions, st.lists(st.tuples(times, sizes), max_size=30))
def test_the_same_seed_gives_the_same_fate(asked: Conditions, packets: list) -> None:
    packets.sort()
    one, two = Link(asked), Link(asked)
    assert [one.send(*p) for p in packets] == [two.send(*p) for p in packets]


def test_jitter_stays_within_its_bounds_and_uses_them() -> None:
    link = Link(Conditions(delay=0.010, jitter=0.005, seed=1))
    delays = [link.send(float(n), 1) - n for n in range(1000)]
    assert 0.005 <= min(delays) < 0.0052
    assert 0.0148 < max(delays) <= 0.015


@pytest.mark.parametrize(
    ("asked", "kind", "words"),
    [
        ({"delay": -1}, ValueError, "delay cannot be -1: expected 0 or more, in seconds"),
        ({"delay": "20"}, TypeError, "expected a number for delay, got '20'"),
        ({"delay": True}, TypeError, "expected a number for delay"),
        ({"delay": float("nan")}, ValueError, "delay cannot be nan"),
        ({"delay": 20_000}, ValueError, "20 milliseconds are delay=0.020"),
        ({"jitter": 0.1}, ValueError, "arrive before they were sent"),
        ({"rate": 10}, ValueError, "expected at least 1000 bit/s"),
        ({"queue": 10}, ValueError, "at least 1460 bytes"),
        ({"queue": None}, TypeError, "expected a number for queue"),
    ],
)
def test_conditions_that_cannot_be(asked: dict, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        Conditions(**asked)


@pytest.mark.parametrize(
    ("asked", "kind", "words"),
    [
        ({"split": 0}, ValueError, "split=0: expected 1 or more bytes"),
        ({"split": 1.5}, TypeError, "whole number of bytes for split"),
        ({"reset_after": -1}, ValueError, "expected 0 or more"),
        ({"coalesce": "x"}, TypeError, "expected seconds for coalesce"),
        ({"coalesce": -1}, ValueError, "expected 0 to 60 seconds"),
    ],
)
def test_trouble_that_cannot_be(asked: dict, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        Trouble(**asked)


@pytest.mark.parametrize(
    ("trouble", "sent", "room"),
    [
        (Trouble(), 10**9, None),
        (Trouble(stall_after=10), 4, 6),
        (Trouble(stall_after=10), 12, 0),
        (Trouble(stall_after=10, reset_after=7), 5, 2),
    ],
)
def test_how_much_may_pass_before_trouble(trouble: Trouble, sent: int, room: int | None) -> None:
    passes = trouble.before_trouble(sent)
    assert passes == room if room is not None else passes > 10**12
