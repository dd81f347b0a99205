"""The two panels of rtt and compare: dots over time, and the distribution beside them.

The panels share their vertical axis, the round trip in seconds, so that a dot and its share
of the distribution lie at one height.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from netlab.charts import style
from netlab.samples import Samples

RAIL = 0.055  # height of one row of losses, as a share of the panel


def make(captions: int, height: float, top: float) -> tuple[Axes, Axes]:
    """A figure with the two panels and room for caption lines below and labels on the right."""
    bottom = 0.62 + 0.165 * captions
    figure = style.new_figure(bottom + height + top)
    strip = style.place(figure, 0.84, bottom, 2.69, height)
    share = style.place(figure, 3.73, bottom, 1.15, height)
    return strip, share


def given(ax: Any) -> tuple[Axes, Axes | None]:
    """The panels a caller passed: one Axes for the strip, or a pair (strip, distribution)."""
    if isinstance(ax, Axes):
        return ax, None
    try:
        strip, share = ax
    except (TypeError, ValueError):
        strip = share = None
    if not (isinstance(strip, Axes) and isinstance(share, Axes)):
        raise TypeError(f"ax is one Axes, or a pair of them (strip, distribution); got {ax!r}")
    return strip, share


def scale(panels: Sequence[Axes], series: Sequence[Samples], *, log: bool) -> None:
    """Set the shared vertical axis: from zero, or by powers of ten, with a rail for losses."""
    rtts = [rtt for samples in series for rtt in samples.rtts]
    shown = [*rtts, *(samples.asked for samples in series if samples.asked)] or [1e-3]
    rail = 1 - RAIL * sum(samples.lost > 0 for samples in series)
    room = rail - 0.07
    low, high = min(shown), max(shown)
    factor, name = style.unit(high)
    for ax in panels:
        if log:
            low, span = min(rtts) / 1.6, high * 1.6 / min(rtts)
            ax.set_yscale("log")
            ax.set_ylim(low, low * span ** (1 / room))
            ax.yaxis.set_major_locator(LogLocator(numticks=6))
            ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _: style.duration(y)))
            ax.yaxis.set_minor_formatter(NullFormatter())
        else:
            ax.set_ylim(0, high / room)
            ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
            ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y * factor:g}"))
        bottom, top = ax.get_ylim()
        ax.set_yticks(
            [y for y in ax.get_yticks() if bottom <= y <= top and at(ax, y) < rail - 0.03]
        )
    strip, *others = panels
    strip.set_ylabel("round trip (log scale)" if log else f"round trip ({name})")
    for ax in others:
        ax.tick_params(axis="y", labelleft=False, length=0)


def at(ax: Axes, y: float) -> float:
    """How high y lies in the panel, 0 to 1."""
    return float((ax.transScale + ax.transLimits).transform((1, y))[1])


def dots(strip: Axes, series: Sequence[Samples]) -> None:
    """Every round trip a dot where it was sent; every loss a tick on the rail at the top."""
    ends = [samples.samples[-1].sent or 1e-9 for samples in series]
    counts = [len(samples) for samples in series]
    longer = max(ends) / min(ends)  # than the shortest: time would squeeze that one to a line
    by_number = longer > 10 and longer > 2 * max(counts) / min(counts)
    lossy = [samples for samples in series if samples.lost]
    for i, samples in enumerate(series):
        sent = range(1, len(samples) + 1) if by_number else [s.sent for s in samples.samples]
        pairs = list(zip(sent, samples.samples, strict=True))
        strip.plot(
            [x for x, s in pairs if s.rtt is not None],
            samples.rtts,
            linestyle="none",
            marker=style.MARKERS[i],
            markersize=3.5 if len(samples) <= 300 else 2.5,
            markeredgewidth=1 if style.MARKERS[i] == "x" else 0,
            color=style.COLOURS[i],
            alpha=0.9 if len(samples) <= 100 else 0.7,
            label=samples.label,
            gid=f"dots {i}",
        )
        if samples.lost:
            strip.plot(
                [x for x, s in pairs if s.rtt is None],
                [1 - RAIL * (lossy.index(samples) + 0.5)] * samples.lost,
                linestyle="none",
                marker="|",
                markersize=7,
                markeredgewidth=1.6,
                color=style.LOST if len(series) == 1 else style.COLOURS[i],
                transform=strip.get_xaxis_transform(),
                gid=f"lost {i}",
            )
    if lossy:
        rail, frame = RAIL * len(lossy), strip.transAxes
        strip.add_patch(
            Rectangle((0, 1 - rail), 1, rail, color="#efefef", transform=frame, zorder=0)
        )
        strip.text(
            -0.03, 1 - rail / 2, "lost", transform=frame, ha="right", va="center", fontsize=9
        )
    factor, name = style.unit(max(ends))
    strip.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10], integer=by_number))
    if by_number:
        strip.set_xlabel("message number")
    else:
        strip.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x * factor:g}"))
        strip.set_xlabel(f"sent at ({name} after the first)")


def distribution(share: Axes, series: Sequence[Samples]) -> None:
    """For each height, the share of round trips that took no longer; losses end it below 100 %."""
    for i, samples in enumerate(series):
        rtts, n = sorted(samples.rtts), len(samples)
        if not rtts:
            continue
        colour = style.COLOURS[i]
        share.plot(
            [100 * k / n for k in range(len(rtts) + 1)],
            [rtts[0], *rtts],
            drawstyle="steps-pre",
            color=colour,
            linewidth=1.6,
            gid=f"distribution {i}",
        )
        for q, marker in ((0.5, style.MARKERS[i]), (0.99, "_")):
            x, y = 100 * q * len(rtts) / n, samples.quantile(q)
            mark = colour if samples.carries(q) else style.FAINT
            share.plot(
                x,
                y,
                marker=marker,
                markersize=7 if q == 0.5 else 11,
                markeredgewidth=1.6,
                markerfacecolor="white",
                color=mark,
                gid=f"quantile {q} of {i}",
            )
            share.hlines(y, x, 104, color=mark, linewidth=0.8, linestyle=":")
    share.set_xlim(0, 104)
    share.set_xticks([0, 50, 100])
    share.set_xlabel("share no slower (%)")


def ask(panels: Sequence[Axes], series: Sequence[Samples]) -> None:
    """A dashed line at each round trip that was asked of the link, named once."""
    asked = sorted({samples.asked for samples in series if samples.asked})
    heights = style.apart([at(panels[0], y) - 0.055 for y in asked], 0.09, 0.04, 0.9)
    for y, height in zip(asked, heights, strict=True):
        for ax in panels:
            ax.axhline(y, color=style.SOFT, linestyle=(0, (5, 3)), linewidth=1.1, gid="asked")
        panels[0].text(
            0.99,
            height,
            f"asked {style.duration(y)}",
            transform=panels[0].transAxes,
            ha="right",
            va="center",
            fontsize=9,
            color=style.SOFT,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.85},
        )


def label(
    ax: Axes, heights: Sequence[float], texts: Sequence[str], looks: Sequence[dict[str, Any]]
) -> None:
    """Write texts on the right of a panel, each at its height (in seconds) or as near as fits.

    looks: for each its colour, and its marker if it has one.
    """
    rows = max((text.count("\n") + 1 for text in texts), default=1)
    tall = ax.get_position().height * style.root(ax).get_size_inches()[1] * 72
    gap = (rows * 11.5 + 3) / tall
    places = style.apart([at(ax, y) for y in heights], gap, gap / 2 - 0.05, 1.05 - gap / 2)
    for y, place, text, look in zip(heights, places, texts, looks, strict=True):
        line = {"arrowstyle": "-", "color": "#9a9a9a", "linewidth": 0.8, "shrinkB": 0}
        both: Any = {"xycoords": "axes fraction", "textcoords": "axes fraction"}
        ax.annotate("", (1.0, at(ax, y)), (1.08, place), arrowprops=line, **both)
        marked = "marker" in look
        if marked:
            ax.plot(1.13, place, transform=ax.transAxes, clip_on=False, markersize=6, **look)
        ax.annotate(
            text,
            (1.0, place),
            (1.2 if marked else 1.1, place),
            va="center",
            fontsize=9,
            color=style.INK if marked else look["color"],
            **both,
        )
