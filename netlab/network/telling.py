"""A trace in words: its listing, and what its ladder shows, without what differs on every run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from netlab.network.follow import Journey, ways

if TYPE_CHECKING:
    from netlab.network.trace import Trace

LINES, HEAD, TAIL = 40, 24, 12  # lines listed at most; if there are more, from each end
FEW = 40  # packets of which each can be told
CONNECTIONS = 6  # told one by one at most


def listing(trace: Trace) -> str:
    """One line a packet, the middle left out if there are many."""
    count = f"{len(trace)} packet{'s' * (len(trace) != 1)}"
    lines = [f"{count}{between(trace)} ({trace.vehicle})"]
    if trace.not_kept:
        lines.append(not_kept(trace.not_kept))
    wide = max((len(f"{seen.source} → {seen.target}") for seen in trace), default=0)
    digits = len(str(trace[-1].number)) if trace else 0
    for at, seen in enumerate(trace):
        if len(trace) > LINES and at == HEAD:
            hidden = len(trace) - HEAD - TAIL
            lines.append(f"... {hidden} packets are not shown here; a slice such as [{HEAD}:48] is")
        if len(trace) <= LINES or at < HEAD or at >= len(trace) - TAIL:
            ends, words = repr(seen).split("  ", 1)
            lines.append(f"{seen.number:{digits}}  {ends:{wide}}  {words}")
    return "\n".join(lines)


def between(trace: Trace) -> str:
    """Where: " between alice and r1"."""
    links = {frozenset((seen.source, seen.target)) for seen in trace}
    used = [link for link in trace.links if frozenset(link) in links]
    if len(used) == 1:
        return f" between {used[0][0]} and {used[0][1]}"
    return f" on {len(used)} links" if used else ""


def not_kept(count: int) -> str:
    """How much is missing before the first packet."""
    were = "packet was" if count == 1 else "packets were"
    return f"{count} earlier {were} not kept: the network remembers a limited number"


def told(journeys: Sequence[Journey]) -> str:
    """What happened, in the order in which it began; counts only where they are the same again."""
    few = len(journeys) <= FEW
    numbers = [j.segment.connection if j.segment else 0 for j in journeys]
    parts = []
    for number in dict.fromkeys(numbers):
        mine = [j for j, other in zip(journeys, numbers, strict=True) if other == number]
        many = len(set(numbers) - {0}) > 1
        name = f"connection {number}: " if number and many else ""
        parts.append(name + (_connection(mine, few) if number else _others(mine, few)))
    if len(parts) > CONNECTIONS:
        parts = [*parts[:CONNECTIONS], "and more connections"]
    return "; ".join(part for part in parts if part)


def _connection(journeys: Sequence[Journey], few: bool) -> str:
    """SYN; SYN, ACK; 5 bytes alice → bob; ... Pure ACKs come when the kernel likes: left out."""
    known = ways(journeys)
    steps: list[tuple[str, str, int]] = []
    for journey in journeys:
        segment = journey.segment
        if segment is None or segment.again:
            continue
        if segment.size:
            steps.append(("data", known[journey.ends[0]], segment.size))
        for flag in ("SYN", "FIN", "RST"):
            if flag in segment.flags:
                ack = ", ACK" if flag == "SYN" and "ACK" in segment.flags else ""
                steps.append((flag + ack, known[journey.ends[0]], 0))
    if not few:  # who sends first when both do is chance
        steps.sort(
            key=lambda step: (("SYN", "SYN, ACK", "data", "FIN", "RST").index(step[0]), step)
        )
    said = []
    for (what, way), same in groupby(steps, key=lambda step: step[:2]):
        size = sum(step[2] for step in same)
        what = f"{size} byte{'s' * (size != 1)}" if what == "data" else what
        said.append(f"{what} {way}")
    if few:
        said += [f"{j.fate}: {j.label}" for j in journeys if j.fate and _says(j)]
        said += [j.label for j in journeys if j.segment and j.segment.again]
    else:
        said += [f"some {fate}" for fate in sorted({j.fate for j in journeys if j.fate})]
        said += ["some sent again"] * any(j.segment and j.segment.again for j in journeys)
    return "; ".join(said)


def _says(journey: Journey) -> bool:
    """No pure ACK."""
    return journey.segment is None or bool(journey.segment.size or not journey.segment.plain)


def _others(journeys: Sequence[Journey], few: bool) -> str:
    """Kinds of packets, and how many; neighbours are asked for now and then: not counted."""
    counts = Counter(j.kind + f" ({j.fate})" * bool(j.fate) for j in journeys)
    return "; ".join(
        f"{n} × {kind}" if few and not kind.startswith(("ARP", "ICMPv6 Nei")) else kind
        for kind, n in counts.items()
    )
