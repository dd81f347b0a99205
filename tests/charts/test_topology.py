"""topology: every node and link is drawn, told apart by shape, described in words."""

from itertools import combinations

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import BoxStyle
from matplotlib.text import Text

from conftest import written
from netlab.charts import topology
from netlab.charts.chart import Chart
from netlab.charts.layout import layout
from netlab.network.topology import plan
from netlab.wire.model import Burst, Conditions

CHAIN = "alice -- r1 -- r2 -- bob"
SLOW = Conditions(delay=0.005, rate=10e6)


def boxes(chart: Chart) -> dict[str, Text]:
    """The nodes: texts in a box of their own, by name."""
    texts = [text for text in chart.axes[0].texts if text.get_zorder() == 3]
    return {text.get_text(): text for text in texts}


def shape(text: Text) -> type:
    patch = text.get_bbox_patch()
    assert patch is not None
    return type(patch.get_boxstyle())


def overlaps(chart: Chart) -> list[tuple[str, str]]:
    """Texts (with their boxes) that are drawn over each other, or beyond the figure."""
    figure, ax = chart.figure, chart.axes[0]
    figure.canvas.draw()
    shown = [t for t in (*ax.texts, *figure.texts, ax.title, ax._left_title) if t.get_text()]  # type: ignore[attr-defined]
    places = []
    for text in shown:
        patch = text.get_bbox_patch()
        extent = patch if patch is not None and text.get_zorder() == 3 else text
        places.append((text.get_text(), extent.get_window_extent().padded(-1)))
    found = [(a, b) for (a, one), (b, two) in combinations(places, 2) if one.overlaps(two)]
    whole = figure.bbox
    found += [(a, "the edge") for a, one in places if one.x0 < whole.x0 or one.x1 > whole.x1]
    return found


def test_a_chain_goes_from_left_to_right_with_addresses_and_conditions() -> None:
    chart = topology(plan(CHAIN, conditions=SLOW), vehicle="rootless network")
    at = {name: text.get_position() for name, text in boxes(chart).items()}
    assert sorted(at, key=lambda name: at[name][0]) == ["alice", "r1", "r2", "bob"]
    assert len({y for _, y in at.values()}) == 1
    text = written(chart.figure)
    for address in ("198.51.100.1", "198.51.100.2", "198.51.100.5", "198.51.100.10"):
        assert address in text.splitlines()
    assert text.count("5 ms\n10 Mbit/s") == 3
    assert "rootless network · box: host, oval: router" in text
    assert chart.text == (
        "Topology: 2 hosts, 2 routers, 3 links.\n"
        "alice 198.51.100.1 -- 198.51.100.2 r1: 5 ms, 10 Mbit/s\n"
        "r1 198.51.100.5 -- 198.51.100.6 r2: 5 ms, 10 Mbit/s\n"
        "r2 198.51.100.9 -- 198.51.100.10 bob: 5 ms, 10 Mbit/s"
    )
    assert chart.alt == f"{chart.text}\nrootless network"


def test_hosts_routers_and_switches_differ_by_shape() -> None:
    chart = topology(plan("a -- switch1 -- r -- b", ethernet=True))
    kinds = {name: shape(text) for name, text in boxes(chart).items()}
    assert kinds == {
        "a": BoxStyle.Round,
        "b": BoxStyle.Round,
        "r": BoxStyle.Ellipse,
        "switch1": BoxStyle.DArrow,
    }
    assert "double arrow: switch" in written(chart.figure)
    assert chart.text.splitlines()[:2] == [
        "Topology: 2 hosts, 1 router, 1 switch, 3 links.",
        "a 198.51.100.1 -- switch1: no conditions",
    ]


def test_directions_that_differ_are_told_apart() -> None:
    links = {"alice -> r1": {"loss": [3]}, "r1 -- bob": {"mtu": 576}}
    for text, arrow in (("alice -- r1 -- bob", "→"), ("bob -- r1 -- alice", "←")):
        assert f"{arrow} loses no. 3" in written(topology(plan(text, links=links)).figure)
    chart = topology(plan("alice -- r1 -- bob", links=links))
    assert "MTU 576" in written(chart.figure)
    assert "r1: -> loses no. 3; <- no conditions" in chart.text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"delay": 0.0205, "jitter": 0.001}, ("20.5 ± 1 ms",)),
        ({"rate": 2.5e9}, ("2.5 Gbit/s",)),
        ({"rate": 64000, "loss": 0.005}, ("64 kbit/s", "loses 0.5 %")),
        ({"loss": Burst(0.1, 0.5)}, ("loses bursts",)),
        ({"loss": [1, 2, 3, 4, 5]}, ("loses no. 1, 2, 3, 4 and 1 more",)),
        ({"duplicate": 1, "reorder": [2]}, ("doubles 100 %", "reorders no. 2")),
        ({"seed": 4, "loss": []}, ()),
    ],
)
def test_conditions_in_words(asked: dict, words: tuple) -> None:
    assert plan("a -- b", conditions=Conditions(**asked)).links[0].words == (words, words)


def test_what_all_links_share_is_said_once() -> None:
    network = plan("; ".join(f"h{n} -- r" for n in range(6)), conditions=SLOW)
    text = written(topology(network).figure)
    assert text.count("10 Mbit/s") == 1
    assert "each link: 5 ms, 10 Mbit/s" in text
    slow = plan("; ".join(f"h{n} -- r" for n in range(6)), links={"h3 -- r": {"delay": 0.1}})
    assert "100 ms" in written(topology(slow).figure)


@pytest.mark.parametrize(
    "text",
    [" -- ".join(f"h{n}" for n in range(100)), "\n".join(f"h{n} -- centre" for n in range(50))],
    ids=["chain", "star"],
)
def test_a_large_network_has_every_name_and_says_what_is_missing(text: str) -> None:
    network = plan(text, conditions=SLOW)
    chart = topology(network, vehicle="rootless network")
    assert sorted(boxes(chart)) == sorted(network.names)
    assert "addresses: too many to show" in written(chart.figure)
    assert "198.51.100.1" not in written(chart.figure)
    assert chart.text.splitlines()[-1] == f"and {len(network.links) - 20} more links"


TEXTS = [
    "alice -- bob",
    CHAIN,
    "alice -- r1 -- r2 -- r3 -- r4 -- bob",
    "averylongname15 -- r1 -- anotherlongname; host-number-3 -- r1",
    "a1 -- r1 -- r2 -- b1; a2 -- r1; r2 -- b2; a3 -- r1; r2 -- b3",
    "alice -- r1 -- r2 -- bob; r1 -- r3 -- r2",
    "r1 -- r2 -- r3 -- r1; r1 -- a; r3 -- b",
    "; ".join(f"h{n} -- r" for n in range(6)),
    "\n".join(f"h{n} -- centre" for n in range(50)),
    " -- ".join(f"r{n}" for n in range(20)),
    " -- ".join(f"h{n}" for n in range(100)),
]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:30].replace("\n", ";"))
def test_nothing_is_drawn_over_anything_else(text: str) -> None:
    chart = topology(plan(text, conditions=SLOW), vehicle="rootless network", title="A network")
    assert overlaps(chart) == []


def test_ipv6_fits_too() -> None:
    for text in (CHAIN, "alice -- r1 -- r2 -- r3 -- bob"):
        assert overlaps(topology(plan(text, ipv6=True, conditions=SLOW))) == []


def test_a_line_passes_over_what_lies_between() -> None:
    chart = topology(plan("r1 -- r2 -- r3 -- r1"))
    heights = [list(line.get_ydata()) for line in chart.axes[0].lines]  # type: ignore[arg-type]
    assert [len(set(ys)) for ys in heights] == [1, 1, 2]
    assert min(heights[2]) < 0


@pytest.mark.parametrize("text", TEXTS[:-3])
def test_no_two_nodes_share_a_place(text: str) -> None:
    network = plan(text)
    places, _ = layout(list(network.names), [link.ends for link in network.links])
    assert len(set(places.values())) == len(network.names)
    assert min(x for x, _ in places.values()) > 0 and max(x for x, _ in places.values()) < 6.4


def test_it_draws_into_an_axes() -> None:
    ax = Figure().subplots()
    chart = topology(plan(CHAIN), ax=ax, vehicle="recorded")
    assert chart.figure is ax.figure
    assert "recorded" in written(chart.figure)
    assert chart.png()
