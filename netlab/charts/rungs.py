"""How far down a ladder each packet is drawn: by its time, as far as the labels leave room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from netlab.charts import style

if TYPE_CHECKING:
    from netlab.network.fold import Row
    from netlab.network.follow import Journey
    from netlab.network.rows import Seen

# inches: between two rungs; between those of one moment; an ordinary arrow's fall; the longest
# wait drawn to scale; a longer one; a line of a band's text
RUNG, TIGHT, SLANT, WAIT, CUT, LINE = 0.26, 0.21, 0.34, 1.6, 0.5, 0.17
REACH = 0.8  # share of the way that a lost packet is drawn
# where along an arrow its label may stand, and how far the arrow may fall only to make room there
PLACES = ((0.42, 1.6), (0.72, 2.6))
BESIDE = 0.13  # the same, of an arrow that crosses a band


@dataclass
class Rung:
    """A row of a ladder, and where it is in inches from the top.

    falls: for each link on its way the heights of both ends, and of the second copy's end.
    lines: what a band says. share: of the first arrow where its label stands; 0: there is no
    room for it. pause: seconds cut out above it, around cut_at.
    """

    row: Row
    y: float = 0.0
    end: float = 0.0
    lines: list[str] = field(default_factory=list)
    falls: list[list[float]] = field(default_factory=list)
    share: float = 0.0
    pause: float = 0.0
    cut_at: float = 0.0

    @property
    def journeys(self) -> list[Journey]:
        """The packets that it stands for."""
        return getattr(self.row, "journeys", None) or [self.row]

    @property
    def hops(self) -> list[Seen]:
        """The links that a packet was seen on; a band has none."""
        return getattr(self.row, "hops", [])


def climb(rows: Sequence[Row], letters: int) -> tuple[list[Rung], float, bool]:
    """The rungs, the height of the ladder, and whether all distances are to one scale.

    letters: of a line of a band's text.
    """
    rungs = [Rung(row) for row in rows]
    for rung in rungs:
        rung.lines = style.wrap(" · ".join(getattr(rung.row, "parts", [])), letters)
    taken = defaultdict(list)
    for rung in rungs:
        for hop in rung.hops:
            if hop.left is not None:
                taken[hop.source, hop.target].append(hop.left - hop.time)
    usual = median([t for times in taken.values() for t in times] or [1e-3])
    links = max(len(rung.hops) for rung in rungs)
    scale = (SLANT if links < 2 else 0.7 * SLANT) / max(usual, 1e-6)
    events: list[tuple[float, int, int, int]] = []  # when, which rung, which link, which end
    landed = 0.0
    for n, rung in enumerate(rungs):
        if rung.lines:  # below the arrows that are under way, so that both can be read
            until: float = rung.row.end  # type: ignore[union-attr]
            events += [(min(max(rung.row.start, landed), until), n, -1, 0), (until, n, -1, 1)]
        for k, hop in enumerate(rung.hops):
            rung.falls.append([0.0, 0.0])
            left = hop.left
            if left is None:  # it would have arrived as early as the fastest
                sooner = min(taken[hop.source, hop.target] or [usual])
                left = hop.time + sooner * (hop.fate != "queue full")
            events += [(hop.time, n, k, 0), (left, n, k, 1)]
            landed = max(landed, left)
            if hop.again is not None:
                rung.falls[-1].append(0.0)
                events.append((hop.again, n, k, 2))
    y, now, true = 0.0, min(events)[0], True
    busy = now  # until when packets are under way
    above = -RUNG  # the last rung's height
    before: tuple[float, str] | None = None  # its moment and sender
    labels: dict[frozenset[str], tuple[float, str]] = defaultdict(lambda: (-RUNG, ""))
    for moment, n, k, which in sorted(events):
        rung, natural = rungs[n], y + (moment - now) * scale
        place = natural
        if natural - y > WAIT and (k >= 0 or not which):
            if busy <= now:
                rung.pause, rung.cut_at = moment - now, y + CUT / 2
            true, place = true and busy <= now, y + CUT
            natural = place
        if k < 0 and which:
            place = rung.end = max(min(natural, y), rung.y + LINE * len(rung.lines) + 0.1)
            above = place - 0.05
        elif k <= 0 and not which:
            sender = rung.hops[0].source if rung.hops else ""
            place = max(place, above + (TIGHT if before == (moment, sender) else RUNG))
            above, before = place, (moment, sender)
            rung.y = place
        elif k == 0 and which == 1:
            hop = rung.hops[0]
            link = frozenset((hop.source, hop.target))
            last, sender = labels[link]
            for share, far in PLACES if hop.fate != "queue full" else ():
                # labels of two directions stand apart, but not where one leaves its place
                free = TIGHT * 0.9 if sender == hop.source else RUNG + 0.5 * (share - PLACES[0][0])
                need = (last + free - rung.y) / share
                if need <= max(far, place - rung.y):
                    place, rung.share = max(place, rung.y + need), share
                    break
            labels[link] = max(last, rung.y + rung.share * (place - rung.y)), hop.source
        if k >= 0:
            rung.falls[k][which] = place
            if not which:
                busy = max(busy, rung.hops[k].left or 0.0)
        true = true and place - natural < 0.03
        y, now = max(y, place), moment
    for rung, below in pairwise(rungs):  # an arrow that must cross a band is named above it
        if below.lines and rung.falls and rung.falls[0][1] > below.y:
            rung.share = min(rung.share, BESIDE)
    return rungs, y + 0.12, true
