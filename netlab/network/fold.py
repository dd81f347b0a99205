"""Folding: long runs of packets that are all alike become one row of a ladder."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from netlab.network.follow import Journey, ways

SHORT = 4  # shorter runs stay as they are


@dataclass
class Band:
    """A run of packets told in one row."""

    journeys: list[Journey]

    @property
    def start(self) -> float:
        """When the first set out (s)."""
        return self.journeys[0].start

    @property
    def end(self) -> float:
        """When the last set out (s)."""
        return self.journeys[-1].start

    @property
    def parts(self) -> list[str]:
        """What is folded: data and ACKs of each direction, then trouble."""
        data: dict[str, list[int]] = defaultdict(list)
        others: Counter[str] = Counter()
        known = ways(self.journeys)
        for journey in self.journeys:
            way = known[journey.ends[0]]
            if journey.segment and journey.segment.size:
                data[way].append(0 if journey.segment.again else journey.segment.size)
            else:
                others[("ACK" if journey.segment else journey.kind) + f" {way}"] += 1
        lines = [
            f"{len(sizes)} segment{'s' * (len(sizes) > 1)}, {amount(sum(sizes))}  {way}"
            for way, sizes in data.items()
        ]
        lines += [f"{n} × {what}" for what, n in others.most_common(3)]
        trouble = Counter(j.fate for j in self.journeys if j.fate)
        again = sum(j.segment is not None and j.segment.again for j in self.journeys)
        said = [f"{n} {fate}" for fate, n in trouble.items()] + [f"{again} sent again"] * (
            again > 0
        )
        return [*lines, *[", ".join(said)] * bool(said)]


Row = Journey | Band


def amount(size: float) -> str:
    """Bytes for people: 412 bytes, 596 kB, 1.2 MB."""
    if size < 1000:
        return f"{size:g} byte{'s' * (size != 1)}"
    units = ["kB", "MB", "GB"]
    while (size := size / 1000) >= 999.5 and len(units) > 1:
        del units[0]
    return f"{size:.3g} {units[0]}"


def fold(journeys: Sequence[Journey], most: int) -> list[Row]:
    """At most `most` rows: first runs of data of one direction and their ACKs are folded, then
    runs of anything ordinary, and at last the whole middle."""
    rows: list[Row] = list(journeys)
    for keys in (
        _directions(journeys),
        [(j.plain, 0 if j.plain else i) for i, j in enumerate(journeys)],
    ):
        for head, tail in ((2, 1), (0, 0)):
            if len(rows) > most:
                rows = list(_runs(journeys, keys, head, tail))
    if len(rows) > most:
        first, last = rows[: most * 2 // 3], rows[-(most // 3 - 1) :]
        middle = rows[len(first) : -len(last)]
        inside = [j for row in middle for j in (row.journeys if isinstance(row, Band) else [row])]
        rows = [*first, Band(inside), *last]
    return rows


def _directions(journeys: Sequence[Journey]) -> list[Hashable]:
    """For each packet, what it has in common with its run: a connection and who sends data."""
    sender: dict[int, str] = {}
    keys: list[Hashable] = []
    for i, journey in enumerate(journeys):
        segment = journey.segment
        if segment is None or not journey.plain:
            keys.append((0, i))
            continue
        if segment.size:
            sender[segment.connection] = journey.ends[0]
        keys.append((segment.connection, sender.get(segment.connection)))
    return keys


def _runs(
    journeys: Sequence[Journey], keys: Sequence[Hashable], head: int, tail: int
) -> Iterator[Row]:
    """The rows with each long run folded, but for its first and last packets."""
    for _, pairs in groupby(zip(keys, journeys, strict=True), key=lambda pair: pair[0]):
        run = [journey for _, journey in pairs]
        inside = run[head : len(run) - tail]
        if len(inside) < SHORT:
            yield from run
        else:
            yield from run[:head]
            yield Band(inside)
            yield from run[len(run) - tail :]
