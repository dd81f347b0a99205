"""The link model: when does a packet leave the link, if at all? Pure: no sockets, no clock."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from random import Random
from typing import NamedTuple, TypeGuard

SEGMENT = 1460  # bytes: a common TCP payload on Ethernet (1500 less two headers of 20)
LATE = 0.010  # seconds: a reordered packet is late by its delay again, and at least by this


@dataclass(frozen=True)
class Burst:
    """Losses that come in bursts, after Gilbert (1960) and Elliott (1963).

    The link is good or bad. Before each packet it turns bad with probability p, or good again
    with probability r; a packet is lost with probability `good` or `bad`. By default a share
    p / (p + r) is lost, 1 / r packets in a row on average. Raises TypeError, ValueError.
    """

    p: float
    r: float
    good: float = 0.0
    bad: float = 1.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not _is_number(value):
                raise TypeError(f"expected a probability for {field.name} of Burst, got {value!r}")
            if not 0 <= value <= 1:
                raise ValueError(f"Burst cannot have {field.name}={value!r}: expected 0 to 1")


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What lies between two ends, the same in each direction.

    delay: one way, seconds. jitter: each packet's delay is drawn evenly from delay - jitter to
    delay + jitter, seconds. rate: bits per second (IP packets; in a relay: payload), None for no
    limit. queue: bytes that may wait, with those being sent. loss, duplicate, reorder: a
    probability, or the numbers of the packets, from 1: loss=[3]; loss may be a Burst. seed: of
    the draws. Raises TypeError, ValueError.
    """

    delay: float = 0.0
    jitter: float = 0.0
    rate: float | None = None
    queue: int = 262_144
    loss: float | Sequence[int] | Burst = 0.0
    duplicate: float | Sequence[int] = 0.0
    reorder: float | Sequence[int] = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None and field.name == "rate":
                continue
            if field.name in _PICKED:
                object.__setattr__(self, field.name, _pick(field.name, value))
                continue
            if not _is_number(value):
                raise TypeError(
                    f"expected a number for {field.name}, got {value!r} ({_UNITS[field.name]})"
                )
            finite = abs(value) <= sys.float_info.max  # 10**400 is a number too, but no float
            if not finite or (value < 0 and field.name != "seed"):
                raise ValueError(
                    f"{field.name} cannot be {value!r}: expected 0 or more, {_UNITS[field.name]}"
                )
        if self.delay > 60 or self.jitter > 60:
            raise ValueError(
                f"a delay of {max(self.delay, self.jitter):g} seconds is more than a minute: "
                "delays are in seconds, so 20 milliseconds are delay=0.020"
            )
        if self.jitter > self.delay:
            raise ValueError(
                f"jitter={self.jitter:g} is more than delay={self.delay:g}: "
                "some bytes would arrive before they were sent"
            )
        if self.rate is not None and self.rate < 1000:
            raise ValueError(
                f"rate={self.rate:g} is too slow: expected at least 1000 bit/s, or None"
            )
        if self.queue < SEGMENT:
            raise ValueError(f"queue={self.queue} is too small: expected at least {SEGMENT} bytes")


_UNITS = {
    "delay": "in seconds",
    "jitter": "in seconds",
    "rate": "in bits per second",
    "queue": "in bytes",
    "seed": "a whole number",
}
_PICKED = ("loss", "duplicate", "reorder")


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _pick(name: str, value: object) -> float | tuple[int, ...] | Burst:
    """A probability, packet numbers as a tuple, or a Burst (a dict if it came through JSON)."""
    if isinstance(value, Burst | Mapping) and name == "loss":
        return value if isinstance(value, Burst) else Burst(**value)
    if isinstance(value, list | tuple | range):
        for number in value:
            if isinstance(number, bool) or not isinstance(number, int) or number < 1:
                raise ValueError(
                    f"{name} cannot name packet {number!r}: expected whole numbers from 1, "
                    f"such as {name}=[3] for the third packet"
                )
        return tuple(value)
    if not _is_number(value):
        raise TypeError(
            f"expected a probability from 0 to 1 for {name}, or packet numbers such as [3]; "
            f"got {value!r}"
        )
    if not 0 <= value <= 1:
        raise ValueError(
            f"{name}={value!r} is no probability: expected 0 to 1 (1 percent is 0.01), "
            f"or packet numbers in a list, such as {name}=[2] for the second packet"
        )
    return value


class Fate(NamedTuple):
    """What a link does to a packet: when it comes out (s), and what befell it.

    times: none if it is dropped, two if it is duplicated. why: "lost", "queue full",
    "duplicated", "reordered", or "" for a packet that nothing befell.
    """

    times: tuple[float, ...]
    why: str


class Link:
    """One direction of a link. Feed it packets in order; it says when each comes out.

    A transmitter sends one packet at a time at `rate`; what arrives meanwhile waits in the queue;
    then every packet travels for `delay`, give or take `jitter`. Order is kept, but for reordered
    packets. What befalls packet n depends on conditions, name and n alone; a full queue is the
    exception. name: keeps the draws of two links with one seed apart.
    """

    def __init__(self, conditions: Conditions, name: str = "") -> None:
        self._name = name
        self._free = 0.0  # when the transmitter is idle again
        self._last = 0.0  # when the packet before leaves the link
        self.change(conditions)

    def change(self, conditions: Conditions) -> None:
        """New conditions, from the next packet on, which is number 1; the queue stays as it is."""
        self.conditions = conditions
        self._number = 0

        def stream(of: str) -> Random:  # one for each, so that more loss moves no duplicate
            return Random(f"{conditions.seed} {self._name} {of}")

        self._random = stream("jitter")
        self._loses = _picks(conditions.loss, stream("loss"))
        self._doubles = _picks(conditions.duplicate, stream("duplicate"))
        self._delays = _picks(conditions.reorder, stream("reorder"))

    @property
    def plain(self) -> bool:
        """Whether each packet simply leaves at its arrival + delay."""
        asked = self.conditions
        befalls = asked.loss or asked.duplicate or asked.reorder
        return asked.rate is None and not asked.jitter and not befalls

    def packet(self, arrival: float, size: int) -> Fate:
        """What becomes of a packet of `size` bytes that arrives at `arrival` (s)."""
        self._number = number = self._number + 1
        draw = self._random.uniform(-1.0, 1.0)  # all drawn always: packet n has its draws
        lost, double, late = self._loses(number), self._doubles(number), self._delays(number)
        asked = self.conditions
        if asked.rate is not None:
            waiting = self.queued(arrival)
            if waiting and round(waiting) + size > asked.queue:
                return Fate((), "queue full")
            arrival = self._free = max(arrival, self._free) + size * 8 / asked.rate
        if lost:
            return Fate((), "lost")
        self._last = leaves = max(self._last, arrival + asked.delay + draw * asked.jitter)
        if late:
            leaves += max(asked.delay, LATE)  # self._last stays: those behind overtake it
        if double:
            return Fate((leaves, leaves), "duplicated")
        return Fate((leaves,), "reordered" if late else "")

    def send(self, arrival: float, size: int) -> float:
        """When a piece of a byte stream comes out: never lost, never dropped, always in order."""
        asked = self.conditions
        transmitted = max(arrival, self._free)
        if asked.rate is not None:
            transmitted += size * 8 / asked.rate
            self._free = transmitted
        draw = self._random.uniform(-1.0, 1.0)
        self._last = max(self._last, transmitted + asked.delay + draw * asked.jitter)
        return self._last

    def queued(self, now: float) -> float:
        """Bytes that wait for the transmitter at `now` (s)."""
        if self.conditions.rate is None:
            return 0.0
        return max(0.0, self._free - now) * self.conditions.rate / 8

    def room_at(self, now: float) -> float:
        """The first moment (s) from which one more segment fits into the queue."""
        asked = self.conditions
        if asked.rate is None:
            return now
        return max(now, self._free - (asked.queue - SEGMENT) * 8 / asked.rate)

    @property
    def piece(self) -> int:
        """Bytes of a stream to treat as one: a segment, or a millisecond's worth if more."""
        rate = self.conditions.rate
        return 65_536 if rate is None else max(SEGMENT, min(65_536, int(rate / 8000)))


def _picks(asked: float | Sequence[int] | Burst, random: Random) -> Callable[[int], bool]:
    """Whether packet n is meant. To be asked once for each packet, in order."""
    if isinstance(asked, Burst):
        burst, bad = asked, False

        def in_burst(number: int) -> bool:
            nonlocal bad
            turns, drawn = random.random(), random.random()
            bad = turns >= burst.r if bad else turns < burst.p
            return drawn < (burst.bad if bad else burst.good)

        return in_burst
    if isinstance(asked, Sequence):
        return frozenset(asked).__contains__
    probability = asked
    return lambda number: random.random() < probability
