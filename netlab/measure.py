"""ping: send numbered messages on schedule, stamp every reply."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from netlab.exchange import exchange
from netlab.probe import Link, Target
from netlab.samples import Sample, Samples

__all__ = ["Sample", "Samples", "ping"]

SHOW_PROGRESS = 1.0  # seconds of planned time; by plan, not by clock: saved outputs stay equal
MAX_DATAGRAM = 65507  # bytes: 65535 of an IPv4 packet less its header and UDP's (RFC 768)


def ping(
    target: Any,
    *,
    count: int = 50,
    interval: float = 0.002,
    size: int = 64,
    timeout: float = 5.0,
    warmup: int = 3,
) -> Samples:
    """Measure round trips to an echo server, TCP or UDP.

    target: a server or relay of netlab, or a (host, port) tuple (TCP). `count` messages of
    `size` bytes leave every `interval` seconds, whether or not earlier replies are in, so
    that one slow reply does not hide the next; interval=0 sends each when the last reply is
    in. A message is its number in ASCII, padded with dots. The first `warmup` round trips are
    kept apart. A reply later than `timeout` seconds counts as lost. A progress bar appears
    when the plan takes more than a second; it moves only in quiet moments.

    Raises ConnectionRefusedError if nobody listens, ConnectionError if the server closes
    midway, TimeoutError if a TCP server never answers, ValueError if it answers with other
    bytes or an argument is out of range.
    """
    where = Target.of(target)
    _check(where, count, interval, size, timeout, warmup)
    tcp = where.transport == "tcp"
    planned = count * (interval or where.asked or 0.0)
    with closing(Link(where, size, timeout)) as link, _progress(planned, count) as show:
        patience = timeout if tcp else min(timeout, 1 + (where.asked or 0.0))
        warm: list[Sample] = []
        for number in range(warmup):
            warm += exchange(link, range(number, number + 1), 0, patience)
            if tcp and warm[-1].rtt is None:
                raise TimeoutError(
                    f"expected {where.label} to send {size} bytes back, but nothing came in "
                    f"{timeout:g} s. Is it an echo server, and is it still running?"
                )
        samples = exchange(link, range(warmup, warmup + count), interval, timeout, show)
    return Samples(
        label=where.label,
        vehicle=where.vehicle,
        transport=where.transport,
        size=size,
        interval=interval,
        asked=where.asked,
        samples=samples,
        warmup=[sample.rtt for sample in warm if sample.rtt is not None],
    )


@contextmanager
def _progress(planned: float, count: int) -> Iterator[Callable[[int], None] | None]:
    """A bar for measurements planned to take longer than SHOW_PROGRESS seconds, else nothing."""
    if planned <= SHOW_PROGRESS:
        yield None
        return
    from tqdm.auto import tqdm  # type: ignore[import-untyped]

    with tqdm(total=count, leave=False, mininterval=0.5, miniters=1) as bar:
        yield lambda done: bar.update(done - bar.n) and None


def _check(
    where: Target, count: int, interval: float, size: int, timeout: float, warmup: int
) -> None:
    """Raise TypeError or ValueError with a sentence that says what would be right."""
    if where.transport not in ("tcp", "udp"):
        raise ValueError(f"ping speaks 'tcp' or 'udp'; {where.label} has {where.transport!r}")
    for name, whole, least in (("count", count, 1), ("size", size, 8), ("warmup", warmup, 0)):
        if not isinstance(whole, int) or isinstance(whole, bool):
            raise TypeError(f"{name} is a whole number; got {whole!r}")
        if whole < least:
            raise ValueError(f"{name} is at least {least}; got {whole}")
    for name, seconds in (("interval", interval), ("timeout", timeout)):
        if not isinstance(seconds, (int, float)) or isinstance(seconds, bool):
            raise TypeError(f"{name} is a number of seconds; got {seconds!r}")
        if not 0 <= seconds < math.inf:
            raise ValueError(f"{name} is a number of seconds, 0 or more; got {seconds}")
    if timeout == 0:
        raise ValueError("timeout is more than 0 seconds; got 0")
    if where.transport == "udp" and size > MAX_DATAGRAM:
        raise ValueError(f"a UDP datagram carries at most {MAX_DATAGRAM} bytes; got size={size}")
    if len(str(count + warmup)) > size:
        raise ValueError(f"numbers up to {count + warmup} need a size over {size} bytes")
