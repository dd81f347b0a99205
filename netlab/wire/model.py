"""The link model: when does a packet leave the link? Pure: no sockets, no clock."""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, fields

SEGMENT = 1460  # bytes: a common TCP payload on Ethernet (1500 less two headers of 20)


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What lies between two ends, the same in each direction.

    delay: one way, seconds. jitter: each packet's delay is drawn evenly from delay - jitter to
    delay + jitter, seconds. rate: bits of payload per second, None for no limit. queue: bytes that
    may wait for the transmitter. seed: of the draws. Raises TypeError, ValueError.
    """

    delay: float = 0.0
    jitter: float = 0.0
    rate: float | None = None
    queue: int = 262_144
    seed: int = 0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None and field.name == "rate":
                continue
            if isinstance(value, bool) or not isinstance(value, int | float):
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


class Link:
    """One direction of a link. Feed it packets in order; it says when each comes out.

    A transmitter sends one packet at a time at `rate`; what arrives meanwhile waits in the queue;
    then every packet travels for `delay`, give or take `jitter`. Order is kept.
    """

    def __init__(self, conditions: Conditions) -> None:
        self.conditions = conditions
        self._random = random.Random(conditions.seed)
        self._free = 0.0  # when the transmitter is idle again
        self._last = 0.0  # when the packet before leaves the link

    def send(self, arrival: float, size: int) -> float:
        """When a packet of `size` bytes that arrives at `arrival` (s) comes out at the far end."""
        asked = self.conditions
        transmitted = max(arrival, self._free)
        if asked.rate is not None:
            transmitted += size * 8 / asked.rate
            self._free = transmitted
        draw = self._random.uniform(-1.0, 1.0)  # drawn always: packet n has its draw in every run
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
    def packet(self) -> int:
        """Bytes to treat as one packet: a segment, or a millisecond's worth on a fast link."""
        rate = self.conditions.rate
        return 65_536 if rate is None else max(SEGMENT, min(65_536, int(rate / 8000)))
