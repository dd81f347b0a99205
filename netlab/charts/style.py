"""The one style: colours, markers, units, and figures made without pyplot."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import matplotlib
import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

WIDTH = 6.4  # inches: a notebook's column
INK, SOFT, FAINT, GRID = "#222222", "#6b6b6b", "#8a8a8a", "#e3e3e3"
# Okabe and Ito's colours that reach 3:1 on white; black and markers serve who sees no colour
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#000000", "#CC79A7")
MARKERS = ("o", "s", "^", "x", "D")
LOST = "#D55E00"
TINTS = ("#56B4E9", "#E69F00", "#009E73", "#F0E442", "#CC79A7", "#0072B2", "#D55E00", "#999999")

_RC = {
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.edgecolor": "#9a9a9a",
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": GRID,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "legend.frameon": False,
    "text.parse_math": False,
}


@contextmanager
def styled() -> Iterator[None]:
    """Draw in netlab's style whatever the notebook's own settings are, and leave those alone."""
    with matplotlib.style.context(["default", _RC]):
        yield


def new_figure(height: float, width: float = WIDTH) -> Figure:
    """An empty figure (inches) that draws itself with Agg."""
    figure = Figure(figsize=(width, height), facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def place(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Axes at a place given in inches from the lower left."""
    whole, tall = figure.get_size_inches()
    return figure.add_axes((left / whole, bottom / tall, width / whole, height / tall))


def root(ax: Axes) -> Figure:
    """The figure that an axes belongs to in the end, below any subfigure."""
    figure: Figure = ax.figure.figure
    return figure


def write_caption(ax: Axes, lines: Sequence[str], *, own_figure: bool) -> None:
    """Put the caption at the figure's lower left, or below an axes that someone else placed."""
    text = "\n".join(lines)
    if own_figure:
        ax.figure.text(0.016, 0.025, text, fontsize=9, color=SOFT, va="bottom")
    else:
        ax.annotate(
            text,
            (0, 0),
            (0, -36),
            xycoords="axes fraction",
            textcoords="offset points",
            fontsize=9,
            color=SOFT,
            va="top",
        )


def wrap(text: str, width: int = 92) -> list[str]:
    """Caption lines no wider than a figure, broken between their parts."""
    whole = text.replace(" ", "\u00a0").replace("\u00a0·\u00a0", " ·\u00a0")
    return textwrap.wrap(whole, width, subsequent_indent="   ")


def unit(seconds: float) -> tuple[float, str]:
    """The unit in which a time reads best: (units in a second, name)."""
    for factor, name in ((1e6, "µs"), (1e3, "ms")):
        if seconds * factor < 999.5:
            return factor, name
    return 1.0, "s"


def duration(seconds: float) -> str:
    """A time in words, three digits and a unit: 95.3 µs, 40 ms."""
    factor, name = unit(seconds)
    return f"{seconds * factor:.3g} {name}"


def apart(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move places as little as needed to lie gap apart between low and high, in their order."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    spread = [min(max(places[i], low), high) for i in order]
    for i in range(1, len(spread)):
        spread[i] = max(spread[i], spread[i - 1] + gap)
    ceiling = high
    for i in reversed(range(len(spread))):
        spread[i] = min(spread[i], ceiling)
        ceiling = spread[i] - gap
    back = dict(zip(order, spread, strict=True))
    return [back[i] for i in range(len(places))]
