"""The page-load explorer's picture: a waterfall, the points so far over theory, one sentence."""

from __future__ import annotations

import html
from collections.abc import Iterable

from netlab.widgets.page_fetch import FORMULAS, MOST, WAYS, Load, Wish, in_theory
from netlab.widgets.svg import GRID, INK, PAPER, SOFT, Plot

FURTHEST = 80  # ms
CONNECT, RECEIVE = "#D55E00", "#009E73"
# the lesson's chart has the same colours and shapes; black is the ink of the day
COLOURS = dict(zip(WAYS, ("#0072B2", "#D55E00", "#009E73", INK), strict=True))
SHAPES = dict(
    zip(
        WAYS,
        (
            "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
            "M-4 -4h8v8h-8z",
            "M0 -5l5 9h-10z",
            "M-4 -4l8 8m0 -8l-8 8",
        ),
        strict=True,
    )
)
# ms; where the time axis may end
ENDS = (40, 60, 100, 150, 200, 300, 400, 600, 800, 1000, 1200, 1500, 2000, 2500, 3000)
GAP = 15  # pixels between two names
STALE = 'opacity="0.35"'


def picture(wish: Wish, load: Load | None, points: Iterable[Load], caption: str) -> str:
    """The whole picture. load: the last page measured, grey if it is not the page wished for."""
    return (
        '<div style="line-height:1.4"><div style="display:flex;flex-wrap:wrap;gap:4px 12px">'
        f'<div style="flex:3 1 380px;max-width:600px">{waterfall(wish, load)}</div>'
        f'<div style="flex:2 1 330px;max-width:500px">{chart(wish, points)}</div></div>'
        f'<div role="status" aria-live="polite">{sentence(wish, load)}</div>'
        f"<div>Times {html.escape(caption)}.</div></div>"
    )


def sentence(wish: Wish, load: Load | None) -> str:
    """What was wished, what theory says, and what came."""
    trips = in_theory(wish.way, wish.objects)
    formula = FORMULAS[wish.way][0]
    theory = f"{formula}{f' = {trips}' * (formula != str(trips))} round trips"
    measured = "Measuring…"
    if load is not None and load.wish == wish:
        in_trips = f", {load.total / wish.round_trip:.1f} round trips" if wish.round_trip else ""
        measured = f"<b>Measured: {load.total:.0f} ms</b>{in_trips}."
    lines = (
        f"{wish.way.capitalize()}, {_count(wish)}, round trip {wish.round_trip} ms.",
        f"Theory: {theory}, {trips * wish.round_trip} ms.",
        measured,
    )
    return "".join(f"<div>{line}</div> " for line in lines)


def _count(wish: Wish) -> str:
    return f"{wish.objects} object{'s' * (wish.objects > 1)}"


def waterfall(wish: Wish, load: Load | None) -> str:
    """One bar an object; a stripe in the background for each round trip, a line for theory."""
    theory = in_theory(wish.way, wish.objects) * wish.round_trip
    slowest = in_theory(WAYS[0], wish.objects) * wish.round_trip
    longest = max(slowest * 1.03, load.total if load else 0, 1)
    end = next((end for end in ENDS if end >= longest), longest)
    plot = Plot((0, end), (MOST, 0), width=560, height=300, left=62, top=50, right=14)
    _stripes(plot, wish.round_trip, max(theory, load.total if load else 0))
    _legend(plot)
    plot.axes("time since the page began (ms)", "", rows=False)
    for row in range(wish.objects):
        plot.text(plot.left - 6, plot.py(row + 0.5) + 4, f"object {row + 1}", anchor="end")
    if load is not None:
        stale = load.wish != wish
        plot.parts.append(f"<g {STALE if stale else ''}>")
        _bars(plot, load)
        plot.parts.append("</g>")
    x = plot.px(theory)
    plot.line(x, plot.top - 14, x, plot.py(MOST), INK, 'stroke-width="1.5" stroke-dasharray="5 4"')
    late = theory > 0.7 * end
    anchor, aside = ("end", -5) if late else ("start", 5)
    plot.text(x + aside, plot.top - 6, f"theory: {theory} ms", anchor=anchor, colour=INK)
    return plot.svg(_in_words(wish, load))


def chart(wish: Wish, points: Iterable[Load]) -> str:
    """The points measured so far with as many objects, over the four lines of theory."""
    most = in_theory(WAYS[0], wish.objects) * FURTHEST
    plot = Plot((0, FURTHEST), (0, most * 1.1), width=470, height=300, right=178, top=50)
    here = [load for load in points if load.wish.objects == wish.objects]
    objects = _count(wish)
    plot.text(plot.left, 14, f"The page of {objects}: points measured, theory dashed", colour=INK)
    plot.axes("the round trip (ms)", "the whole page (ms)")
    ends: dict[int, list[str]] = {}
    for way in WAYS:
        trips = in_theory(way, wish.objects)
        ends.setdefault(trips, []).append(way)
        wide = 2.5 if way == wish.way else 1.2
        more = f'stroke-width="{wide}" stroke-dasharray="6 4"'
        x, y = plot.px(FURTHEST), plot.py(trips * FURTHEST)
        plot.line(plot.px(0), plot.py(0), x, y, COLOURS[way], more)
    for load in here:
        _mark(plot, load, current=load.wish == wish)
    _names(plot, ends, wish.way)
    measured = ", ".join(
        f"{load.wish.way} at {load.wish.round_trip} ms: {load.total:.0f} ms" for load in here
    )
    return plot.svg(
        f"Chart: total time over round trip with {objects}. Points measured: {measured or 'none'}."
    )


def _stripes(plot: Plot, round_trip: int, until: float) -> None:
    if round_trip == 0:
        return
    count = min(int(until / round_trip + 0.9), int(plot.x[1] / round_trip))
    wide = plot.px(round_trip) - plot.px(0)
    top = plot.top
    for number in range(0, count, 2):
        x = plot.px(number * round_trip)
        plot.bar(x, top, wide, plot.py(MOST) - top, GRID, 'opacity="0.55"')


def _legend(plot: Plot) -> None:
    """Each phase has a shape of its own, so that no colour is needed."""
    x, y = plot.left, 6.0
    for name, wide, draw in (
        ("connect", 82, _connect),
        ("wait", 60, _wait),
        ("receive", 70, _receive),
    ):
        draw(plot, x, x + (4 if draw is _receive else 18), y)
        plot.text(x + (9 if draw is _receive else 23), y + 9, name)
        x += wide + (2 if draw is _connect else 6)
    plot.bar(x + 4, y, 12, 11, GRID, f'opacity="0.8" stroke="{SOFT}" stroke-width="0.5"')
    plot.text(x + 21, y + 9, "stripe or gap: a round trip")


def _bars(plot: Plot, load: Load) -> None:
    for row, bar in enumerate(load.bars):
        y = plot.py(row) + (plot.py(1) - plot.py(0) - 11) / 2
        turn, connected, first, last = map(plot.px, bar)
        if connected - turn > 0.5:
            _connect(plot, turn, connected, y)
        _wait(plot, connected, first, y)
        _receive(plot, first, max(last, first + 4), y)


def _connect(plot: Plot, left: float, right: float, y: float) -> None:
    more = f'stroke="{CONNECT}" stroke-width="1.6"'
    plot.bar(left + 1, y + 1, max(right - left - 2, 1), 9, PAPER, more)


def _wait(plot: Plot, left: float, right: float, y: float) -> None:
    plot.bar(left, y + 4, max(right - left, 0), 3, "#56B4E9")


def _receive(plot: Plot, left: float, right: float, y: float) -> None:
    plot.bar(left, y, right - left, 11, RECEIVE)


def _mark(plot: Plot, load: Load, *, current: bool) -> None:
    x, y = plot.px(load.wish.round_trip), max(plot.py(load.total), plot.top)
    colour = COLOURS[load.wish.way]
    ring = f'<circle r="9" fill="none" stroke="{INK}" stroke-width="1.5"/>' if current else ""
    fill = "none" if load.wish.way == WAYS[3] else colour
    plot.parts.append(
        f'<g transform="translate({x:.1f} {y:.1f})">{ring}<path d="{SHAPES[load.wish.way]}" '
        f'fill="{fill}" stroke="{colour}" stroke-width="1.8"/></g>'
    )


def _names(plot: Plot, ends: dict[int, list[str]], chosen: str) -> None:
    """Each line's name where it ends; lines that fall together share the place."""
    y = plot.height - plot.bottom + 2.0
    for trips in sorted(ends):
        y = min(y, plot.py(trips * FURTHEST) + 4 + GAP * (len(ends[trips]) - 1) / 2)
        for way in reversed(ends[trips]):
            x = plot.px(FURTHEST) + 10
            plot.parts.append(
                f'<path transform="translate({x + 4:.1f} {y - 4:.1f}) scale(0.8)" '
                f'd="{SHAPES[way]}" fill="{"none" if way == WAYS[3] else COLOURS[way]}" '
                f'stroke="{COLOURS[way]}" stroke-width="1.8"/>'
            )
            plot.text(x + 13, y, f"{way}: {trips}", colour=INK if way == chosen else SOFT)
            y -= GAP


def _in_words(wish: Wish, load: Load | None) -> str:
    if load is None or load.wish != wish:
        return f"Waterfall of {wish.objects} objects: not measured yet."
    bars = "; ".join(
        f"object {number} from {bar.turn:.0f} to {bar.last:.0f} ms"
        + (f", connected at {bar.connected:.0f}" if bar.connected > bar.turn else "")
        for number, bar in enumerate(load.bars, 1)
    )
    return f"Waterfall: {bars}."
