"""rtt: one measurement, every round trip a dot, the distribution beside it."""

from __future__ import annotations

from typing import Any

from netlab.charts import panels, style
from netlab.charts.chart import Chart
from netlab.samples import Samples


def rtt(samples: Samples, ax: Any = None) -> Chart:
    """Draw the round trips of one ping over time, and their distribution.

    Median and p99 are written beside; p99 in grey if n cannot carry it. The vertical axis is
    logarithmic, and says so, when the longest is over 20 times the median. ax: one Axes gets
    the dots only, a pair gets both panels. Raises ValueError if there is nothing to draw.
    """
    check([samples])
    caption = style.wrap(about(samples))
    with style.styled():
        strip, share = panels.make(len(caption), 2.0, 0.34) if ax is None else panels.given(ax)
        both = [strip] if share is None else [strip, share]
        rtts = samples.rtts
        log = bool(rtts) and max(rtts) > 20 * samples.median
        panels.scale(both, [samples], log=log)
        panels.dots(strip, [samples])
        panels.ask(both, [samples])
        strip.set_title(samples.label, parse_math=False)
        if share is not None:
            panels.distribution(share, [samples])
        if rtts:
            marks = [(0.5, "median"), (0.99, "p99")]
            panels.label(
                both[-1],
                [samples.quantile(q) for q, _ in marks],
                [
                    f"{name} {style.duration(samples.quantile(q))}{need(samples, q)}"
                    for q, name in marks
                ],
                [{"color": style.INK if samples.carries(q) else style.SOFT} for q, _ in marks],
            )
        else:
            strip.text(0.5, 0.5, "nothing came back", transform=strip.transAxes, ha="center")
        style.write_caption(strip, caption, own_figure=ax is None)
    text = f"RTT chart: {name(samples)}. Dots over time, distribution beside."
    return Chart(style.root(strip), text, f"{text} {about(samples)}")


def check(series: list[Samples]) -> None:
    """Raise TypeError or ValueError unless every one is Samples with something in it."""
    for samples in series:
        if not isinstance(samples, Samples):
            raise TypeError(f"expected the Samples that ping returns; got {samples!r}")
        if not samples.samples:
            raise ValueError("there is no round trip to draw; measure some with ping(server)")


def need(samples: Samples, q: float) -> str:
    """What n would carry this quantile, if this one does not."""
    return "" if samples.carries(q) else f"\nneeds n ≥ {round(10 / min(q, 1 - q))}"


def name(samples: Samples) -> str:
    """The measurement in words that are the same in every run."""
    return f"{samples.label} ({samples.vehicle}), {len(samples)} round trips"


def about(samples: Samples) -> str:
    """The caption: vehicle, asked and achieved, n and losses."""
    parts = [samples.vehicle]
    got = f"median {style.duration(samples.median)}" if samples.rtts else "nothing came back"
    parts.append(f"asked {style.duration(samples.asked)}, {got}" if samples.asked else got)
    parts.append(f"n = {len(samples)}, {samples.lost} lost")
    return " · ".join(parts)
