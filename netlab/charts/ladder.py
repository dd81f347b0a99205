"""ladder: who sent what to whom, time running down, every packet an arrow."""

from __future__ import annotations

from math import atan2, degrees, hypot
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from netlab.charts import style
from netlab.charts.chart import Chart
from netlab.charts.rungs import REACH, Rung, climb

if TYPE_CHECKING:
    from netlab.network.trace import Trace

ROWS = 36  # rungs; if there are more packets, runs of them are folded
LEFT, RIGHT, TOP = 0.85, 0.4, 0.5  # inches beside and above the hosts' lines
STEEP = 42  # degrees
TINT = "#eef3f8"
COLOURS = [colour for colour in style.COLOURS if colour != style.LOST]  # of connections
HALO = [withStroke(linewidth=2, foreground="white")]


def ladder(
    trace: Trace,
    *,
    rows: int = ROWS,
    title: str | None = None,
    width: float = style.WIDTH,
    ax: Any = None,
) -> Chart:
    """Draw a trace as a message sequence chart: a line for each host, an arrow for each packet.

    A packet seen on several links is one arrow in several parts. Arrows fall by the time they
    take, as far as labels leave room; the caption says if not. Where more than
    `rows` would be needed, runs of data and ACKs are folded into bands. width: inches.
    Raises ValueError if no packet was seen.
    """
    if not len(trace):
        raise ValueError("expected at least one packet to draw, got an empty trace")
    hosts = [
        name for name in trace.hosts if any(name in (seen.source, seen.target) for seen in trace)
    ]
    rungs, tall, true = climb(trace.folded(rows), round(14 * (width - LEFT - RIGHT)))
    zero = trace[0].time
    folded = sum(len(rung.journeys) for rung in rungs if rung.lines)
    packets = sum(len(rung.journeys) for rung in rungs)
    notes = [trace.vehicle, f"{packets} packet{'s' * (packets > 1)}"]
    notes += [f"{folded} of them in bands"] * bool(folded)
    notes += ["time is not to scale"] * (not true)
    notes += ["long pauses are cut"] * any(rung.pause for rung in rungs)
    notes += [trace.missing] * bool(trace.missing)
    numbered = len({j.segment.connection for r in rungs for j in r.journeys if j.segment}) > 1
    with style.styled():
        own = ax is None
        whole = width - 0.1
        if own:
            caption = style.wrap(" · ".join(notes), round(14.4 * width))
            below = 0.2 + 0.165 * len(caption) + 0.026 * tall
            over = 0.3 * bool(title)
            figure = style.new_figure(below + TOP + tall + over, width)
            ax = style.place(figure, 0.05, below, whole, TOP + tall)
        else:
            caption = style.wrap(" · ".join(notes))
            ax.set_aspect("equal", anchor="NW")
        ax.set(xlim=(0, whole), ylim=(tall, -TOP))
        ax.axis("off")
        if title:
            ax.set_title(title)
        step = (whole - LEFT - RIGHT) / (len(hosts) - 1)
        places = {name: LEFT + step * i for i, name in enumerate(hosts)}
        for name, x in places.items():
            ax.plot([x, x], [-0.12, tall], color=style.FAINT, linewidth=1.2, zorder=1)
            text = _write(ax, x, -0.3, name, ha="center", weight="bold", fontsize=10)
            _fit(ax, text, min(step - 0.1, 2 * RIGHT if x > whole - 1 else 9))
        factor, unit = style.unit(min(0.9, trace[-1].time - zero))
        _write(ax, LEFT - 0.15, -0.17, unit, ha="right", color=style.SOFT, fontsize=8)
        shown = ""
        for rung in rungs:
            if rung.pause:
                _pause(ax, rung, places)
            when = f"{(rung.row.start - zero) * factor:.2f}"
            if when != shown:
                _write(ax, LEFT - 0.15, rung.y, when, ha="right", color=style.SOFT, fontsize=8)
            shown = when
            if rung.lines:
                _band(ax, rung, places)
            else:
                _packet(ax, rung, places, numbered)
        style.write_caption(ax, caption, own_figure=own)
    what = f"{title or 'Ladder'} ({trace.vehicle}): {trace.told()}."
    return Chart(style.root(ax), what, f"{what} {_numbers(rungs, zero)}")


def _packet(ax: Axes, rung: Rung, places: dict[str, float], numbered: bool) -> None:
    """An arrow over each link on the packet's way, its label along the first."""
    (journey,) = rung.journeys
    segment = journey.segment
    number = segment.connection if segment else 0
    colour = COLOURS[(number - 1) % len(COLOURS)] if numbered and number else style.INK
    width = 1.0 if segment and not segment.size and segment.plain else 1.5
    said = f"{number}: {journey.label}" if numbered and number else journey.label
    if journey.fate in ("duplicated", "reordered"):
        said += f" ({journey.fate})"
    for i, (hop, fall) in enumerate(zip(rung.hops, rung.falls, strict=True)):
        a, across = places[hop.source], places[hop.target] - places[hop.source]
        full = hop.fate == "queue full"  # it never set out
        share = 1.0 if hop.left is not None else min(0.1, 0.2 / abs(across)) if full else REACH
        for last in fall[1:]:
            end = a + share * across, fall[0] + share * (last - fall[0])
            tip = "-|>" if share == 1 else "-"
            arrow = FancyArrowPatch((a, fall[0]), end, arrowstyle=tip, shrinkA=0, shrinkB=0)
            arrow.set(linewidth=width, linestyle="-" if share == 1 else "--", color=colour)
            arrow.set(mutation_scale=11, zorder=2, gid=hop.fate or "packet")
            ax.add_patch(arrow)
        if share < 1:
            ax.plot(*end, "x", color=style.LOST, markersize=8, markeredgewidth=2.2, zorder=6)
            why = (hop.fate or "on its way") + f": {said}" * (full and not i)
            side = 1 if across > 0 else -1
            _beside(ax, end[0] + 0.1 * side, end[1], side, why, style.LOST, abs(across) - 0.35)
        if not i and not full:
            _label(ax, rung, (a, fall[0]), across, said, colour)


def _label(
    ax: Axes, rung: Rung, at: tuple[float, float], across: float, said: str, colour: str
) -> None:
    """Words along the first arrow of a rung, which starts at a place and goes so far across."""
    down, side = rung.falls[0][1] - rung.falls[0][0], across / abs(across)
    if abs(across) < 2:
        said = said.replace(" bytes  ", " B ")
    angle, long = degrees(atan2(down, abs(across))), hypot(across, down)
    if angle > STEEP or not rung.share:  # along it, words would run into others
        _beside(ax, at[0] + 0.1 * side, at[1], side, said, colour, abs(across) - 0.2)
        return
    text = _write(ax, 0, 0, said, ha="center", va="bottom", fontsize=8.5, color=colour, zorder=5)
    text.set(rotation=-angle * side, rotation_mode="anchor", path_effects=HALO)
    wide = _fit(ax, text, (1.6 if len(rung.hops) > 1 else 0.95) * long)  # over the next line too
    middle = max(rung.share, (wide / 2 + 0.07) / long)
    text.set_position((at[0] + middle * across, at[1] + middle * down))


def _beside(ax: Axes, x: float, y: float, side: float, said: str, colour: str, room: float) -> None:
    """Level words that start at a place and go on to the right (side 1) or the left (-1)."""
    text = _write(ax, x, y, said, ha="left" if side > 0 else "right", fontsize=8.5, zorder=6)
    text.set(color=colour, path_effects=HALO, weight="bold" if colour == style.LOST else "normal")
    _fit(ax, text, max(room, 0.7))


def _band(ax: Axes, rung: Rung, places: dict[str, float]) -> None:
    """A run of packets: what they were, on a tinted ground from the first host to the last."""
    first, last = min(places.values()), max(places.values())
    band = Rectangle((first, rung.y), last - first, rung.end - rung.y, zorder=1.5, gid="band")
    band.set(facecolor=TINT, edgecolor=style.FAINT, linewidth=0.8)
    ax.add_patch(band)
    step = (rung.end - rung.y) / len(rung.lines)
    for i, line in enumerate(rung.lines):
        y = rung.y + step * (i + 0.5)
        look = {"boxstyle": "square,pad=0.1", "facecolor": TINT, "edgecolor": "none"}
        text = _write(
            ax, (first + last) / 2, y, line, ha="center", fontsize=8.5, bbox=look, zorder=5
        )
        _fit(ax, text, last - first - 0.2)


def _pause(ax: Axes, rung: Rung, places: dict[str, float]) -> None:
    """A gap in every host's line, and how long nothing happened."""
    for x in places.values():
        ax.plot([x, x], [rung.cut_at - 0.1, rung.cut_at + 0.1], color="white", lw=4, zorder=1.2)
        ax.plot([x, x], [rung.cut_at - 0.1, rung.cut_at + 0.1], ":", color=style.FAINT, zorder=1.3)
    _write(
        ax, sum(places.values()) / len(places), rung.cut_at, f"{style.duration(rung.pause)} later",
        ha="center", color=style.SOFT, fontsize=8.5, style="italic", path_effects=HALO, zorder=5,
    )  # fmt: skip


def _numbers(rungs: list[Rung], zero: float) -> str:
    """The first rows with their times, for the alt text."""
    rows = [
        f"{style.duration(rung.row.start - zero)} "
        + (", ".join(rung.lines) or f"{' → '.join(j.ends)} {j.label} {j.fate}".strip())
        for rung in rungs[:12]
        for j in rung.journeys[:1]
    ]
    return "; ".join(rows) + ("; ..." if len(rungs) > 12 else ".")


def _write(ax: Axes, x: float, y: float, said: str, **look: Any) -> Text:
    return ax.text(x, y, said, **{"va": "center_baseline", "fontsize": 9, **look})


def _fit(ax: Axes, text: Text, room: float) -> float:
    """Make a text smaller, and then shorter, until it is no wider than room; its width (inches)."""
    turned = text.get_rotation()
    text.set_rotation(0)
    wide = text.get_window_extent().width / style.root(ax).dpi
    if wide > room:
        old: Any = text.get_fontsize()
        size = max(7.0, old * room / wide)
        letters = int(len(text.get_text()) * room / wide * old / size)
        text.set_fontsize(size)
        if letters < len(text.get_text()):
            text.set_text(text.get_text()[: max(1, letters - 1)].rstrip() + "…")
    text.set_rotation(turned)
    return min(wide, room)
