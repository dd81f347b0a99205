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
from netlab.charts.rungs import MIDDLE, REACH, Rung, climb

if TYPE_CHECKING:
    from netlab.network.trace import Trace

ROWS = 36  # rungs; if there are more packets, runs of them are folded
LEFT, RIGHT, TOP = 0.85, 0.4, 0.5  # inches beside and above the hosts' lines
TINT = "#eef3f8"
COLOURS = [colour for colour in style.COLOURS if colour != style.LOST]  # of connections
HALO = [withStroke(linewidth=2, foreground="white")]


def ladder(
    trace: Trace, *, title: str | None = None, width: float = style.WIDTH, ax: Any = None
) -> Chart:
    """Draw a trace as a message sequence chart: a line for each host, an arrow for each packet.

    A packet seen on several links is one arrow in several parts. Arrows fall by the time they
    take, as far as labels leave room; the caption says if not. Of more than 40 packets, runs of
    data and ACKs are folded into bands. width: inches. Raises ValueError if no packet was seen.
    """
    if not len(trace):
        raise ValueError("expected at least one packet to draw, got an empty trace")
    hosts = [
        name for name in trace.hosts if any(name in (seen.source, seen.target) for seen in trace)
    ]
    rungs, tall, true = climb(trace.folded(ROWS), round(14 * (width - LEFT - RIGHT)))
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
    colour = COLOURS[number % len(COLOURS)] if numbered and number else style.INK
    width = 1.0 if segment and not segment.size and segment.plain else 1.5
    for hop, fall in zip(rung.hops, rung.falls, strict=True):
        arrived = hop.left is not None
        share, line = (1.0, "solid") if arrived else (REACH, "dashed")
        a, b = places[hop.source], places[hop.target]
        for last in fall[1:]:
            end = a + share * (b - a), fall[0] + share * (last - fall[0])
            tip = "-|>" if arrived else "-"
            arrow = FancyArrowPatch((a, fall[0]), end, arrowstyle=tip, shrinkA=0, shrinkB=0)
            arrow.set(linewidth=width, linestyle=line, color=colour, zorder=2)
            arrow.set(mutation_scale=11, gid=hop.fate or "packet")
            ax.add_patch(arrow)
        if not arrived:
            ax.plot(*end, "x", color=style.LOST, markersize=8, markeredgewidth=2.2, zorder=6)
            side = 1 if b > a else -1
            look: dict[str, Any] = {
                "ha": "left" if b > a else "right",
                "color": style.LOST,
                "weight": "bold",
            }
            look |= {"fontsize": 8.5, "path_effects": HALO, "zorder": 6}
            _write(ax, end[0] + 0.1 * side, end[1] + 0.03, hop.fate or "on its way", **look)
    hop, fall = rung.hops[0], rung.falls[0]
    a, b = places[hop.source], places[hop.target]
    said = f"{number}: {journey.label}" if numbered and number else journey.label
    if journey.fate in ("duplicated", "reordered"):
        said += f" ({journey.fate})"
    if abs(b - a) < 2:
        said = said.replace(" bytes  ", " B ")
    across, down = b - a, fall[1] - fall[0]
    angle = degrees(atan2(down, abs(across)))
    look = {"ha": "center", "va": "bottom", "rotation": -angle if across > 0 else angle}
    look |= {"fontsize": 8.5, "color": colour, "path_effects": HALO, "zorder": 5}
    text = _write(ax, 0, 0, said, rotation_mode="anchor", **look)
    long = hypot(across, down)
    wide = _fit(ax, text, (1.6 if len(rung.hops) > 1 else 0.95) * long)  # over the next line too
    middle = max(MIDDLE, (wide / 2 + 0.07) / long)
    text.set_position((a + middle * across, fall[0] + middle * down))


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
    canvas: Any = style.root(ax).canvas
    renderer, turned = canvas.get_renderer(), text.get_rotation()
    text.set_rotation(0)
    wide = text.get_window_extent(renderer).width / style.root(ax).dpi
    if wide > room:
        old: Any = text.get_fontsize()
        size = max(7.0, old * room / wide)
        letters = int(len(text.get_text()) * room / wide * old / size)
        text.set_fontsize(size)
        if letters < len(text.get_text()):
            text.set_text(text.get_text()[: max(1, letters - 1)].rstrip() + "…")
    text.set_rotation(turned)
    return min(wide, room)
