"""The link model: pure, and checked against arithmetic."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netlab.wire.model import Burst, Conditions, Fate, Link
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
        ({"loss": 2}, ValueError, r"loss=2 is no probability: expected 0 to 1 .*loss=\[2\]"),
        ({"loss": -0.1}, ValueError, "is no probability"),
        ({"loss": float("nan")}, ValueError, "is no probability"),
        ({"loss": True}, TypeError, "expected a probability from 0 to 1 for loss"),
        ({"loss": "3"}, TypeError, r"packet numbers such as \[3\]; got '3'"),
        ({"loss": [0]}, ValueError, "loss cannot name packet 0: expected whole numbers from 1"),
        ({"reorder": [1.5]}, ValueError, "reorder cannot name packet 1.5"),
        ({"duplicate": Burst(0.1, 0.5)}, TypeError, "for duplicate"),
    ],
)
def test_conditions_that_cannot_be(asked: dict, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        Conditions(**asked)


@pytest.mark.parametrize(
    ("burst", "kind", "words"),
    [
        ((2, 0.5), ValueError, "Burst cannot have p=2: expected 0 to 1"),
        ((0.1, "x"), TypeError, "expected a probability for r of Burst, got 'x'"),
        ((0.1, 0.1, 0, -1), ValueError, "Burst cannot have bad=-1"),
    ],
)
def test_bursts_that_cannot_be(burst: tuple, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        Burst(*burst)


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


shares = st.floats(0, 1)
numbers = st.lists(st.integers(1, 40), max_size=5)
troubled = st.builds(
    lambda plain, loss, duplicate, reorder, queue: Conditions(
        **asdict(plain) | {"loss": loss, "duplicate": duplicate, "reorder": reorder, "queue": queue}
    ),
    conditions,
    shares | numbers | st.builds(Burst, shares, shares, shares, shares),
    shares | numbers,
    shares | numbers,
    st.integers(1460, 200_000),
)
streams = st.lists(st.tuples(times, sizes), min_size=1, max_size=40).map(sorted)


def fates(asked: Conditions, packets: list, name: str = "") -> list[Fate]:
    link = Link(asked, name)
    return [link.packet(*packet) for packet in packets]


@given(troubled)
def test_conditions_survive_json(asked: Conditions) -> None:
    assert Conditions(**json.loads(json.dumps(asdict(asked)))) == asked
    hash(asked)


@given(troubled, streams)
def test_equal_sequences_have_equal_fates(asked: Conditions, packets: list) -> None:
    assert fates(asked, packets) == fates(asked, packets)


@given(troubled, streams, times)
def test_a_fate_depends_on_the_number_not_on_the_moment(
    asked: Conditions, packets: list, later: float
) -> None:
    slow = [(when * 3 + later, size) for when, size in packets]
    for one, two in zip(fates(asked, packets), fates(asked, slow), strict=True):
        if "queue full" not in (one.why, two.why):
            assert (one.why, len(one.times)) == (two.why, len(two.times))


@given(troubled, streams)
def test_no_copy_is_early_and_why_says_how_many(asked: Conditions, packets: list) -> None:
    copies = {"lost": 0, "queue full": 0, "duplicated": 2, "reordered": 1, "": 1}
    for (when, size), fate in zip(packets, fates(asked, packets), strict=True):
        assert len(fate.times) == copies[fate.why]
        least = when + asked.delay - asked.jitter + size * 8 / (asked.rate or float("inf"))
        assert all(time >= least - 1e-9 for time in fate.times)


@given(conditions, streams)
def test_jitter_keeps_the_order_of_packets(asked: Conditions, packets: list) -> None:
    leaves = [time for fate in fates(asked, packets) for time in fate.times]
    assert leaves == sorted(leaves)


@given(st.floats(1e4, 1e9), st.integers(1460, 200_000), streams)
def test_a_queue_never_holds_more_than_it_may(rate: float, queue: int, packets: list) -> None:
    link, held = Link(Conditions(rate=rate, queue=queue)), 0.0
    for when, size in packets:
        before = link.queued(when)
        full = link.packet(when, size).why == "queue full"
        assert full == (before > 0 and round(before) + size > queue)
        if before and not full:
            held = max(held, link.queued(when))
    assert held <= queue + 0.5


def test_a_burst_of_packets_fills_the_queue_and_no_more() -> None:
    asked = Conditions(rate=10e6, queue=15_000)  # ten packets of 1500 bytes, 1.2 ms each
    got = fates(asked, [(100.0, 1500)] * 12)
    assert [fate.why for fate in got] == [""] * 10 + ["queue full"] * 2
    assert [fate.times[0] - 100 for fate in got[:10]] == pytest.approx(
        [0.0012 * n for n in range(1, 11)]
    )


def test_a_busy_link_sends_at_exactly_its_rate() -> None:
    got = fates(Conditions(rate=1e6, delay=0.5, queue=10**9), [(0.0, 1250)] * 1000)
    assert [fate.times[0] for fate in got] == pytest.approx([0.5 + n / 100 for n in range(1, 1001)])


def test_a_packet_larger_than_the_queue_passes_an_idle_link() -> None:
    assert fates(Conditions(rate=1e6, queue=1460), [(0.0, 1500)])[0].why == ""


def test_a_lost_packet_has_used_the_transmitter() -> None:
    got = fates(Conditions(rate=1e6, loss=[1]), [(0.0, 1250)] * 2)
    assert got[1].times == pytest.approx((0.020,))


@given(numbers, st.integers(0, 5))
def test_listed_packets_are_lost_and_no_others(listed: list[int], seed: int) -> None:
    got = fates(Conditions(loss=listed, seed=seed), [(float(n), 100) for n in range(40)])
    assert [n for n, fate in enumerate(got, 1) if fate.why == "lost"] == sorted(set(listed))


@pytest.mark.parametrize("what", ["loss", "duplicate", "reorder"])
def test_a_share_is_a_share(what: str) -> None:
    name = {"loss": "lost", "duplicate": "duplicated", "reorder": "reordered"}[what]
    got = fates(Conditions(**{what: 0.05}), [(float(n), 100) for n in range(20_000)])
    assert sum(fate.why == name for fate in got) == pytest.approx(1000, abs=120)


@pytest.mark.parametrize(("p", "r"), [(0.01, 0.25), (0.05, 0.5), (0.002, 0.1)])
def test_bursts_have_their_rate_and_length(p: float, r: float) -> None:
    got = fates(Conditions(loss=Burst(p, r), seed=1), [(float(n), 100) for n in range(200_000)])
    lost = "".join("x" if fate.why == "lost" else " " for fate in got)
    assert lost.count("x") / len(lost) == pytest.approx(p / (p + r), rel=0.1)
    bursts = lost.split()
    assert sum(map(len, bursts)) / len(bursts) == pytest.approx(1 / r, rel=0.1)


def test_a_burst_may_lose_a_share_in_each_state() -> None:
    asked = Conditions(loss=Burst(0.5, 0.5, good=0.1, bad=0.5))
    got = fates(asked, [(float(n), 100) for n in range(20_000)])
    assert sum(fate.why == "lost" for fate in got) / 20_000 == pytest.approx(0.3, abs=0.02)


def test_those_behind_overtake_a_reordered_packet() -> None:
    packets = [(n / 1000, 100) for n in range(40)]
    for delay, late in ((0.0, 0.010), (0.020, 0.040)):
        got = fates(Conditions(delay=delay, reorder=[3]), packets)
        assert got[2] == ((pytest.approx(0.002 + late),), "reordered")
        assert [fate.times[0] for n, fate in enumerate(got) if n != 2] == pytest.approx(
            [when + delay for n, (when, _) in enumerate(packets) if n != 2]
        )


def test_more_loss_moves_no_duplicate_and_names_keep_directions_apart() -> None:
    packets = [(float(n), 100) for n in range(200)]
    few, many = (
        [n for n, fate in enumerate(fates(asked, packets)) if fate.why == "duplicated"]
        for asked in (Conditions(duplicate=0.3), Conditions(duplicate=0.3, loss=[1, 2, 3]))
    )
    assert [n for n in few if n > 2] == many
    asked = Conditions(loss=0.3)
    assert fates(asked, packets, "there") != fates(asked, packets, "back")


def test_a_change_counts_from_one_again_and_keeps_the_queue() -> None:
    link = Link(Conditions(rate=1e6, loss=[2]))
    assert [link.packet(0.0, 1250).why for _ in range(2)] == ["", "lost"]
    link.change(Conditions(rate=1e6, loss=[2]))
    again = [link.packet(0.0, 1250) for _ in range(2)]
    assert [fate.why for fate in again] == ["", "lost"]
    assert again[0].times == pytest.approx((0.030,))


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ({}, True),
        ({"delay": 1, "seed": 3, "loss": [], "duplicate": 0}, True),
        ({"rate": 1e6}, False),
        ({"delay": 1, "jitter": 0.1}, False),
        ({"loss": 0.1}, False),
        ({"loss": Burst(0.1, 0.2)}, False),
        ({"duplicate": [1]}, False),
        ({"reorder": 1}, False),
    ],
)
def test_a_plain_link_only_shifts(asked: dict, plain: bool) -> None:
    assert Link(Conditions(**asked)).plain is plain
