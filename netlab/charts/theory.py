"""against_theory: measured points over the line that theory draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from netlab.charts import style
from netlab.charts.chart import Chart

Line = Callable[[float], float] | Sequence[tuple[float, float]]


def against_theory(
    x: Sequence[float],
    measured: Sequence[float],
    theory: Line,
    *,
    x_label: str,
    y_label: str,
    title: str | None = None,
    vehicle: str | None = None,
    ax: Any = None,
) -> Chart:
    """Draw measured points over theory's line: they fall on it, or they do not.

    x and measured have one length. theory: a function of x, or points (x, y) of the line.
    Labels carry the units: "round trips (ms)". vehicle names what carried the measurement.
    Raises ValueError if lengths differ or nothing is there.
    """
    xs, ys = list(x), list(measured)
    if len(xs) != len(ys) or not xs:
        raise ValueError(
            f"expected one measured value for each x, and at least one; "
            f"got {len(xs)} x and {len(ys)} measured"
        )
    line = [(at, theory(at)) for at in _between(xs)] if callable(theory) else sorted(theory)
    if not line:
        raise ValueError("theory is a function of x or a list of points (x, y); got no points")
    with style.styled():
        own = ax is None
        if own:
            ax = style.place(style.new_figure(2.95 + bool(title) * 0.25), 0.85, 0.82, 5.3, 1.95)
        ax.plot(
            *zip(*line, strict=True),
            color=style.SOFT,
            linewidth=1.8,
            linestyle="--",
            label="theory",
        )
        ax.plot(
            xs,
            ys,
            linestyle="none",
            marker="o",
            markersize=6,
            clip_on=False,
            zorder=3,
            color=style.COLOURS[0],
            label="measured",
        )
        values = ys + [y for _, y in line]
        if min(values) >= 0:
            ax.set_ylim(0, max(values) * 1.12 or 1)
        ax.margins(x=0.04)
        ax.set(xlabel=x_label, ylabel=y_label)
        if title:
            ax.set_title(title)
        ax.legend(loc="best", fontsize=10)
        parts = ([vehicle] if vehicle else []) + [f"n = {len(xs)} points measured"]
        style.write_caption(ax, [" · ".join(parts)], own_figure=own)
    where = f" ({vehicle})" if vehicle else ""
    text = (
        f"{title or 'Measured against theory'}{where}: {y_label} over {x_label}. "
        f"{len(xs)} measured points as dots, theory as a dashed line."
    )
    pairs = ", ".join(f"({at:.4g}, {y:.4g})" for at, y in zip(xs, ys, strict=True))
    return Chart(style.root(ax), text, f"{text} Measured: {pairs}.")


def _between(xs: Sequence[float]) -> Sequence[float]:
    """Where to ask theory: at every whole number if all x are whole, else at 200 places."""
    low, high = min(xs), max(xs)
    if all(isinstance(x, int) for x in xs) and high - low <= 1000:
        return range(int(low), int(high) + 1)
    return [low + (high - low) * i / 199 for i in range(200)]
