"""The last seconds of a ping as a picture: every round trip a dot, what was asked a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from netlab.samples import Sample
from netlab.widgets.pinging import LATE
from netlab.widgets.svg import INK, SOFT, Plot

SPAN = 20.0  # seconds
DOT, GONE, FLOOR = "#3a8fd0", "#d55e00", "#009e73"  # each 3:1 or more on white and on dark
TOPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, LATE)  # s: few, so that the scale stands still
ROW, MARK_ROWS = 14, 3  # pixels; labels of neighbours stand on different rows


@dataclass(frozen=True)
class Moment:
    """What one picture shows. Times in seconds on one clock; now is the right edge."""

    now: float
    samples: Sequence[Sample]
    floors: Sequence[tuple[float, float]]  # since when, the least round trip asked; in order
    marks: Sequence[tuple[float, str]]
    vehicle: str
    figures: str = ""


def picture(moment: Moment) -> str:
    """The window as HTML of one height."""
    low = moment.now - SPAN
    seen = [sample for sample in moment.samples if sample.sent >= low]
    plot = Plot(x=(-SPAN, 0.0), y=(0.0, 1000 * _top(moment, seen)), width=560, height=300, top=76)
    plot.axes("seconds before now", "round trip (ms)")
    _marks(plot, moment, low)
    _dots(plot, seen, moment.now)
    _floor(plot, moment, low)  # last: dots lie so close above it that they would hide it
    words = (
        f"The last {SPAN:g} seconds of a ping, {moment.vehicle}: each round trip a dot, the least "
        "that was asked for a line, arrows and crosses on top what is above the scale or late, "
        "marks as upright lines."
    )
    return (
        f"{plot.svg(words)}"
        f'<div style="min-height:4.2em;line-height:1.4em">{moment.figures}'
        f'<br><span style="color:{SOFT}">{moment.vehicle}</span></div>'
    )


def _top(moment: Moment, seen: Sequence[Sample]) -> float:
    """The upper end of the scale, in seconds; one dot in fifty may lie above it."""
    rtts = sorted(s.rtt for s in seen if s.rtt is not None)
    most = max(rtts[int(0.98 * (len(rtts) - 1))] if rtts else 0.0, moment.floors[-1][1])
    return next((top for top in TOPS if most <= 0.95 * top), TOPS[-1])


def _dots(plot: Plot, seen: Sequence[Sample], now: float) -> None:
    """All dots are one path: a picture of 2000 stays small."""
    dots, arrows, crosses = [], [], []
    rail = plot.top - 8
    for sample in seen:
        x = plot.px(sample.sent - now)
        if sample.rtt is None:
            crosses.append(f"M{x - 3:.1f} {rail - 3}l6 6m0-6l-6 6")
        elif 1000 * sample.rtt > plot.y[1]:
            arrows.append(f"M{x - 3:.1f} {rail + 3}l3-6l3 6")
        else:
            dots.append(f"M{x:.1f} {plot.py(1000 * sample.rtt):.1f}h0")
    plot.parts.append(
        f'<path d="{"".join(dots)}" stroke="{DOT}" stroke-width="4" stroke-linecap="round"/>'
        f'<path d="{"".join(arrows)}" stroke="{DOT}" stroke-width="1.5" fill="none"/>'
        f'<path d="{"".join(crosses)}" stroke="{GONE}" stroke-width="1.5" fill="none"/>'
    )
    above = ", arrow: higher" if arrows else ""
    late = f", cross: over {LATE:g} s" if crosses else ""
    plot.text(plot.left, ROW, f"dot: round trip{above}{late}", colour=INK)


def _floor(plot: Plot, moment: Moment, low: float) -> None:
    """A step for each time that other settings were asked."""
    steps: list[str] = []
    last = ""
    ends = [since for since, _ in moment.floors[1:]] + [moment.now]
    for (since, floor), end in zip(moment.floors, ends, strict=True):
        if end < low:
            continue
        y = plot.py(1000 * floor)
        steps.append(f"{'L' if steps else 'M'}{plot.px(max(since, low) - moment.now):.1f} {y:.1f}")
        steps.append(f"L{plot.px(min(end, moment.now) - moment.now):.1f} {y:.1f}")
        last = f"line: asked, {1000 * floor:.4g} ms"
    plot.parts.append(
        f'<path d="{"".join(steps)}" stroke="{FLOOR}" stroke-width="1.5" fill="none"/>'
    )
    plot.text(plot.width - plot.right, ROW, last, anchor="end", colour=INK)


def _marks(plot: Plot, moment: Moment, low: float) -> None:
    base = plot.height - plot.bottom
    for number, (at, label) in enumerate(moment.marks, 1):
        if at < low:
            continue
        x = plot.px(at - moment.now)
        y = plot.top - ROW * (number % MARK_ROWS) - 18
        plot.line(x, y, x, base, INK, 'stroke-dasharray="4 3"')
        right = x > plot.px(-SPAN / 3)
        plot.text(
            x + (-4 if right else 4),
            y + 9,
            label,
            anchor="end" if right else "start",
            colour=INK,
        )
