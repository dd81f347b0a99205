"""waterfall: every phase in its place, told apart without colour, nothing cut or colliding."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from conftest import written
from netlab.charts import Chart, waterfall
from netlab.charts.waterfall import LOOKS
from netlab.fetch import Fetch, Phase

RELAY = "relay: delays bytes, not packets"
ADDED = "connect (added by netlab)"


def fetch(*seconds: float, added: float = 0.0, vehicle: str = "loopback") -> Fetch:
    names = ["name", "connect", "first byte", "content"]
    lengths = list(zip(names, seconds, strict=True))
    if added:
        lengths.insert(2, (ADDED, added))
    phases, now = [], 0.0
    for name, length in lengths:
        phases.append(Phase(name, now, now + length, name == ADDED))
        now += length
    return Fetch("http://127.0.0.1:1/page?a=1", vehicle, 200, [], b"", phases)


def bars(chart: Chart) -> list[tuple[float, float, int]]:
    """Left end, width and row of each bar."""
    return [
        (bar.get_x(), bar.get_width(), round(bar.get_y() + bar.get_height() / 2))
        for container in chart.axes[0].containers
        for bar in container
    ]


def test_every_phase_is_a_bar_where_it_was() -> None:
    far = fetch(0.01, 0.02, 0.04, 0.05, added=0.03, vehicle=RELAY)
    chart = waterfall({"near": fetch(0.01, 0.02, 0.03, 0.04), "far": far})
    expected = [(0, 10, 0), (10, 20, 0), (30, 30, 0), (60, 40, 0)]
    expected += [(0, 10, 1), (10, 20, 1), (30, 30, 1), (60, 40, 1), (100, 50, 1)]
    assert [pytest.approx(bar) for bar in expected] == bars(chart)
    text = written(chart.figure)
    for words in ("near", "far", "100 ms", "150 ms", "time since the request began (ms)"):
        assert words in text
    assert f"loopback · {RELAY} · n = 2 requests" in text
    assert "n = 1 request" in written(waterfall({"/": far}).figure).splitlines()[-1]


def test_the_legend_names_each_phase_once_and_in_order() -> None:
    far = fetch(0.01, 0.02, 0.04, 0.05, added=0.03)
    legend = waterfall({"far": far, "again": far}).axes[0].get_legend()
    assert [text.get_text() for text in legend.get_texts()] == list(LOOKS)
    near = waterfall({"near": fetch(0.01, 0.02, 0.04, 0.05)}).axes[0].get_legend()
    assert ADDED not in [text.get_text() for text in near.get_texts()]


def test_phases_are_told_apart_without_colour_and_the_added_one_is_hatched() -> None:
    far = waterfall({"far": fetch(0.01, 0.02, 0.04, 0.05, added=0.03)}).axes[0]
    looks = {c.get_label(): c[0].get_hatch() or "" for c in far.containers}
    assert looks == {name: hatch for name, (_, hatch) in LOOKS.items()}
    assert looks[ADDED] == "////"
    colours = [colour for colour, _ in LOOKS.values()]
    assert len(set(colours)) == len(set(LOOKS.values())) == len(LOOKS)
    # the two without hatching are never neighbours in time, and are framed in ink
    assert all(c[0].get_linewidth() > 0 for c in far.containers)


def test_the_text_has_no_numbers_and_the_alt_text_has_them() -> None:
    texts = set()
    for noise in (1.0, 1.37):
        one = fetch(1e-4 * noise, 0.001 * noise, 0.1 * noise, 0.02)
        chart = waterfall({"/a": one, "/b": fetch(0, 0, 0.001, 0)}, title="Two pages")
        texts.add(chart.text)
    assert texts == {"Two pages (loopback): /a; /b. Phases as bars."}
    assert "/a: name 137 µs, connect 1.37 ms, first byte 137 ms, content 20 ms" in chart.alt
    assert one.chart().text == "Waterfall (loopback): /page. Phases as bars."


@pytest.mark.parametrize(
    ("total", "unit"),
    [(40e-6, "µs"), (400e-6, "µs"), (4e-3, "ms"), (0.4, "ms"), (4, "s"), (40, "s")],
)
def test_units(total: float, unit: str) -> None:
    chart = waterfall({"/": fetch(*[total / 4] * 4)})
    assert chart.axes[0].get_xlabel() == f"time since the request began ({unit})"
    assert f"{total * {'µs': 1e6, 'ms': 1e3, 's': 1}[unit]:.3g} {unit}" in written(chart.figure)


def test_a_phase_too_short_to_be_seen_is_left_out() -> None:
    assert len(bars(waterfall({"/": fetch(1e-5, 1e-4, 1, 1)}))) == 2
    assert waterfall({"/": fetch(0, 0, 0, 0)}).png()  # nothing to see is no error


LABELS = [
    "/",
    "/a/rather/long/path/with/many/parts/and/a/name.html?and=a&query=too",
    "through a relay, 20 ms each way, with a handshake",
    "x" * 200,
    "größer",
]
VEHICLES = ["loopback", RELAY, "rootless network", "recorded on Linux 6.18", "simulated"]


@pytest.mark.parametrize("rows", [1, 2, 3, 5, 10, 20])
@pytest.mark.parametrize("total", [1e-4, 100])
@pytest.mark.parametrize("title", [None, "A title"])
def test_nothing_collides_or_is_cut(rows: int, total: float, title: str | None) -> None:
    fetches = {
        f"{k} {LABELS[k % 5]}": fetch(
            0.1 * total, 0.2 * total, 0.3 * total, 0.399 * total * k / rows, added=total * (k % 2),
            vehicle=VEHICLES[k % 5],
        )
        for k in range(rows)
    }  # fmt: skip
    chart = waterfall(fetches, title=title)
    chart.figure.draw_without_rendering()
    boxes = [(text, text.get_window_extent()) for text in shown(chart.figure)]
    page = chart.figure.bbox
    for text, box in boxes:
        assert page.x0 <= box.x0 and box.x1 <= page.x1, text
        assert page.y0 <= box.y0 and box.y1 <= page.y1, text
    for (one, box), (other, other_box) in combinations(boxes, 2):
        assert not box.overlaps(other_box), (one, other)


def shown(figure: Figure) -> list[Text]:
    found: list[Any] = figure.findobj(Text)
    low, high = figure.axes[0].get_xlim()
    ticks = figure.axes[0].xaxis.get_ticklabels()
    return [
        text
        for text in found
        if text.get_text()
        and text.get_visible()
        and not (text in ticks and not low <= text.get_position()[0] <= high)
    ]


def test_axes_of_ones_own() -> None:
    ax = Figure().subplots()
    assert waterfall({"/": fetch(1, 1, 1, 1)}, ax=ax).figure is ax.figure
    assert "loopback · n = 1 request" in written(ax.figure)


def test_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="expected at least one request to draw"):
        waterfall({})
