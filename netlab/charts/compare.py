"""compare: two to five measurements in the same two panels."""

from __future__ import annotations

import textwrap
from typing import Any

from netlab.charts import panels, style
from netlab.charts.chart import Chart
from netlab.charts.rtt import check, name
from netlab.samples import Samples


def compare(*series: Samples, ax: Any = None) -> Chart:
    """Draw two to five measurements, each with its own colour, marker and label.

    The vertical axis is logarithmic, and says so, when medians differ more than tenfold. ax:
    one Axes gets the dots only, a pair gets both panels. Raises ValueError for another number
    of series or an empty one.
    """
    check(list(series))
    if not 2 <= len(series) <= len(style.COLOURS):
        raise ValueError(f"compare draws 2 to {len(style.COLOURS)} series; got {len(series)}")
    caption = [line for samples in series for line in style.wrap(about(samples))]
    if not all(samples.carries(0.99) for samples in series):
        caption.append("grey bar: p99, a rough guess below n = 1000")
    with style.styled():
        tall = 2.0 if len(series) < 4 else 2.5
        strip, share = panels.make(len(caption), tall, 0.2) if ax is None else panels.given(ax)
        both = [strip] if share is None else [strip, share]
        heard = [samples for samples in series if samples.rtts]
        medians = [samples.median for samples in heard]
        panels.scale(both, series, log=bool(medians) and max(medians) > 10 * min(medians))
        panels.dots(strip, series)
        panels.ask(both, series)
        if share is not None:
            panels.distribution(share, series)
        panels.label(
            both[-1],
            medians,
            [
                f"{short(samples.label)}\nmedian {style.duration(samples.median)}"
                for samples in heard
            ],
            [
                {"color": style.COLOURS[i], "marker": style.MARKERS[i]}
                for i, samples in enumerate(series)
                if samples.rtts
            ],
        )
        style.write_caption(strip, caption, own_figure=ax is None)
    words = "; ".join(name(samples) for samples in series)
    text = f"RTT chart: {words}. Dots over time, distribution beside."
    got = [f"{s.label}: median {style.duration(s.median)}, {s.lost} lost" for s in heard]
    alt = f"{text} {'; '.join(got)}."
    return Chart(style.root(strip), text, alt)


def about(samples: Samples) -> str:
    """A caption line: label, vehicle, what was asked, n and losses, and p99 if n carries it."""
    parts = [f"{samples.label} ({samples.vehicle})"]
    if samples.asked:
        parts.append(f"asked {style.duration(samples.asked)}")
    if samples.carries(0.99):
        parts.append(f"p99 {style.duration(samples.p99)}")
    parts.append(f"n = {len(samples)}, {samples.lost} lost")
    return " · ".join(parts)


def short(label: str) -> str:
    """A label in two short lines."""
    return textwrap.fill(label, 17, max_lines=2, placeholder="…")
