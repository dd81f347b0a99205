"""waterfall: requests as bars, each phase in its colour and hatching."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from netlab.charts import style
from netlab.charts.chart import Chart
from netlab.fetch import Fetch

# colour and hatching by phase: the hatching says the same to those who do not see the colour
LOOKS = {
    "name": ("#F0E442", "...."),
    "connect": ("#E69F00", ""),
    "connect (added by netlab)": ("#ffffff", "////"),
    "first byte": ("#56B4E9", "\\\\\\"),
    "content": ("#009E73", ""),
}
LABEL = 28  # characters a line: two lines fit beside a bar
SHOWN = 0.004  # share of the whole below which a phase would be thinner than its outline


def waterfall(fetches: Mapping[str, Fetch], *, title: str | None = None, ax: Any = None) -> Chart:
    """Draw each request as a bar from its start: where did the time go?

    fetches: label -> Fetch, at least one. Times from the start of each request; a phase too
    short to be seen is left out of the picture. Raises ValueError if there is nothing to draw.
    """
    if not fetches:
        raise ValueError("expected at least one request to draw: {'label': fetch_timed(...)}")
    whole = max(fetch.total for fetch in fetches.values()) or 1e-6
    labels = [
        textwrap.fill(label, LABEL, max_lines=2, placeholder=" …", break_on_hyphens=False)
        for label in fetches
    ]
    vehicles = " · ".join(dict.fromkeys(fetch.vehicle for fetch in fetches.values()))
    count = f"n = {len(fetches)} request{'s' * (len(fetches) > 1)}"
    caption = style.wrap(f"{vehicles} · {count}")
    factor, name = style.unit(whole)
    used: list[str] = []
    with style.styled():
        own = ax is None
        if own:
            bars = 0.38 * len(fetches) + 0.1
            longest = max(len(line) for label in labels for line in label.splitlines())
            left = max(1.25, 0.25 + 0.085 * longest)
            below = 1.35 + 0.17 * len(caption)  # ticks, label, legend, caption
            figure = style.new_figure(bars + below + 0.12 + 0.25 * bool(title))
            ax = style.place(figure, left, below, style.WIDTH - left - 0.2, bars)
        for row, fetch in enumerate(fetches.values()):
            for phase in fetch.phases:
                if phase.seconds < SHOWN * whole:
                    continue
                colour, hatch = LOOKS[phase.name]
                ax.barh(
                    row,
                    phase.seconds * factor,
                    left=phase.start * factor,
                    height=0.62,
                    color=colour,
                    hatch=hatch,
                    edgecolor=style.INK,
                    linewidth=0.8,
                    label=phase.name if phase.name not in used else None,
                )
                used += [phase.name] * (phase.name not in used)
            ax.annotate(
                style.duration(fetch.total),
                (fetch.total * factor, row),
                (4, 0),
                textcoords="offset points",
                va="center",
                fontsize=9,
            )
        ax.set_yticks(range(len(fetches)), labels)
        ax.set_ylim(len(fetches) - 0.45, -0.55)
        ax.set_xlim(0, whole * factor * 1.16)
        ax.set_xlabel(f"time since the request began ({name})")
        ax.grid(axis="y", visible=False)
        if title:
            ax.set_title(title)
        drawn = {name: handle for handle, name in zip(*ax.get_legend_handles_labels(), strict=True)}
        names = [name for name in LOOKS if name in drawn]
        ax.legend(
            [drawn[name] for name in names],
            names,
            loc="upper left",
            bbox_to_anchor=(-0.01, -0.42 / (0.38 * len(fetches) + 0.1)),
            ncols=2,
            fontsize=9,
            handlelength=1.6,
        )
        style.write_caption(ax, caption, own_figure=own)
    text = f"{title or 'Waterfall'} ({vehicles}): " + "; ".join(fetches) + ". Phases as bars."
    numbers = "; ".join(
        f"{label}: "
        + ", ".join(f"{phase.name} {style.duration(phase.seconds)}" for phase in fetch.phases)
        for label, fetch in fetches.items()
    )
    return Chart(style.root(ax), text, f"{text} {numbers}.")
