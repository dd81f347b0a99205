"""against_theory: measured points over the lines that theory draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from netlab.charts import style
from netlab.charts.chart import Chart

Line = Callable[[float], float] | Sequence[tuple[float, float]]


def against_theory(
    x: Sequence[float],
    measured: Sequence[float] | Mapping[str, Sequence[float]],
    theory: Line | Mapping[str, Line],
    *,
    x_label: str,
    y_label: str,
    title: str | None = None,
    vehicle: str | None = None,
    ax: Any = None,
) -> Chart:
    """Draw measured points over theory's line: they fall on it, or they do not.

    x and measured have one length. theory: a function of x, or points (x, y) of the line. Dicts
    with the same names draw several of both; of a single pair, the names go into the legend.
    Labels carry the units: "round trips (ms)". vehicle names what carried the measurement. Raises
    ValueError if lengths or names differ or nothing is there.
    """
    xs = list(x)
    series = _named(measured, "measured")
    ys = {name: list(values) for name, values in series.items()}
    lines = {name: _line(xs, line) for name, line in _named(theory, "theory").items()}
    for name, values in ys.items():
        if len(xs) != len(values) or not xs:
            raise ValueError(
                f"expected one measured value for each x, and at least one; "
                f"got {len(xs)} x and {len(values)} measured" + f" for {name!r}" * (len(ys) > 1)
            )
    if len(ys) > 1 and set(ys) != set(lines):
        raise ValueError(
            f"expected a theory for each of {', '.join(ys)}; got one for {', '.join(lines)}"
        )
    labels = (next(iter(ys)), next(iter(lines)))  # of a single pair: "measured" and "theory"
    with style.styled():
        own = ax is None
        if own:
            tall = 1.95 if len(ys) == 1 else 2.75
            figure = style.new_figure(tall + 1.0 + bool(title) * 0.25)
            wide = 5.3 if len(ys) == 1 else 5.2 - 0.085 * max(map(len, ys))  # names beside it
            ax = style.place(figure, 0.85, 0.82, wide, tall)
        for number, (name, values) in enumerate(ys.items()):
            line = lines[name if name in lines else next(iter(lines))]
            _draw(ax, number, xs, values, line, name if len(ys) > 1 else "", *labels)
        values = [v for each in ys.values() for v in each]
        values += [y for line in lines.values() for _, y in line]
        if min(values) >= 0:
            ax.set_ylim(0, max(values) * 1.12 or 1)
        ax.margins(x=0.04)
        ax.set(xlabel=x_label, ylabel=y_label)
        if title:
            ax.set_title(title)
        if len(ys) == 1:
            ax.legend(loc="best", fontsize=10)
        else:
            _name_at_the_right(ax, {name: lines[name][-1] for name in ys})
        parts = ([vehicle] if vehicle else []) + [f"n = {len(xs) * len(ys)} points measured"]
        parts += ["dots: measured, dashed: theory"] * (len(ys) > 1)
        style.write_caption(ax, [" · ".join(parts)], own_figure=own)
    where = f" ({vehicle})" if vehicle else ""
    names = f" of {', '.join(ys)}" if len(ys) > 1 else ""
    text = (
        f"{title or 'Measured against theory'}{where}: {y_label} over {x_label}. "
        f"{len(xs)} measured points{names} as dots, theory as a dashed line."
    )
    pairs = "; ".join(
        f"{name} " * (len(ys) > 1)
        + ", ".join(f"({at:.4g}, {y:.4g})" for at, y in zip(xs, values, strict=True))
        for name, values in ys.items()
    )
    return Chart(style.root(ax), text, f"{text} Measured: {pairs}.")


def _draw(
    ax: Any,
    number: int,
    xs: Sequence[float],
    ys: Sequence[float],
    line: Sequence[tuple[float, float]],
    name: str,
    measured: str,
    theory: str,
) -> None:
    colour = style.COLOURS[number % len(style.COLOURS)]
    ax.plot(
        *zip(*line, strict=True),
        color=colour if name else style.SOFT,
        linewidth=1.8,
        linestyle="--",
        label=theory,
    )
    ax.plot(
        xs,
        ys,
        linestyle="none",
        marker=style.MARKERS[number % len(style.MARKERS)],
        markersize=6,
        clip_on=False,
        zorder=3,
        color=colour,
        label=measured,
    )


def _name_at_the_right(ax: Any, ends: Mapping[str, tuple[float, float]]) -> None:
    """Each line's name where it ends: nearer than a legend, and no colour is needed."""
    low, high = ax.get_ylim()
    places = style.apart([y for _, y in ends.values()], (high - low) * 0.075, low, high)
    for number, ((name, (x, y)), place) in enumerate(zip(ends.items(), places, strict=True)):
        ax.annotate(
            name,
            (x, y),
            (14, (place - y) / (high - low) * ax.bbox.height * 72 / ax.figure.dpi),
            xycoords="data",
            textcoords="offset points",
            fontsize=10,
            va="center",
            color=style.COLOURS[number % len(style.COLOURS)],
            annotation_clip=False,
        )


def _named(given: Any, what: str) -> dict[str, Any]:
    return dict(given) if isinstance(given, Mapping) else {what: given}


def _line(xs: Sequence[float], theory: Line) -> list[tuple[float, float]]:
    line = [(at, theory(at)) for at in _between(xs)] if callable(theory) else sorted(theory)
    if not line:
        raise ValueError("theory is a function of x or a list of points (x, y); got no points")
    return line


def _between(xs: Sequence[float]) -> Sequence[float]:
    """Where to ask theory: at every whole number if all x are whole, else at 200 places."""
    if not xs:
        return [0.0]  # the error about lengths comes first
    low, high = min(xs), max(xs)
    if all(isinstance(x, int) for x in xs) and high - low <= 1000:
        return range(int(low), int(high) + 1)
    return [low + (high - low) * i / 199 for i in range(200)]
