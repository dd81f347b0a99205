"""queues: what waits at the two ends of a connection, step by step, one bar on top of the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from netlab.charts import style
from netlab.charts.chart import Chart


def queues(
    waiting: Mapping[str, Sequence[float]],
    *,
    x_label: str,
    y_label: str = "bytes",
    title: str | None = None,
    vehicle: str | None = None,
    ax: Any = None,
) -> Chart:
    """Stack what waits in each queue after each step; the dashed line is the sum's straight way
    from the first step to the last full one.

    waiting: by the name of a queue, one number for each step. vehicle names what carried the
    measurement. Raises ValueError if there is nothing, or if lengths differ.
    """
    series = {name: list(values) for name, values in waiting.items()}
    lengths = {len(values) for values in series.values()}
    if len(lengths) != 1 or lengths == {0}:
        raise ValueError(
            "expected as many numbers for each queue, and at least one; got "
            + (", ".join(f"{len(v)} for {name!r}" for name, v in series.items()) or "none")
        )
    steps = list(range(lengths.pop()))
    totals = [sum(parts) for parts in zip(*series.values(), strict=True)]
    with style.styled():
        own = ax is None
        if own:
            figure = style.new_figure(3.2 + bool(title) * 0.25)
            ax = style.place(figure, 0.95, 0.82, 5.2, 2.1)
        bottom = [0.0] * len(steps)
        for number, (name, values) in enumerate(series.items()):
            ax.bar(
                steps, values, 0.7, bottom=bottom, label=name,
                color=style.TINTS[number], edgecolor=style.SOFT, hatch=("", "//", "..")[number % 3],
            )  # fmt: skip
            bottom = [a + b for a, b in zip(bottom, values, strict=True)]
        last = max(len(steps) - 2, 0)  # the last step takes what is left
        ax.plot([0, last], [totals[0], totals[last]], "--", color=style.SOFT, label="even steps")
        ax.set_ylim(0, max(totals) * 1.12 or 1)
        ax.set_xticks(steps)
        ax.set(xlabel=x_label, ylabel=y_label)
        if title:
            ax.set_title(title)
        ax.legend(loc="upper right", fontsize=10)
        style.write_caption(ax, [vehicle] if vehicle else [], own_figure=own)
    where = f" ({vehicle})" if vehicle else ""
    text = (
        f"{title or 'Queues'}{where}: {y_label} over {x_label}, stacked: {', '.join(series)}. "
        "The dashed line falls evenly."
    )
    numbers = "; ".join(f"{name} {', '.join(map(str, v))}" for name, v in series.items())
    return Chart(style.root(ax), text, f"{text} {numbers}.")
