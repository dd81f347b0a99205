"""The page-load picture: pure, of one height, and readable without seeing it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from netlab.widgets.page_fetch import WAYS, Bar, Load, Wish
from netlab.widgets.page_picture import FURTHEST, chart, picture, sentence, waterfall

WISH = Wish(20, 3, "keep-alive")
LOAD = Load(WISH, (Bar(0, 20, 41, 42), Bar(42, 42, 63, 64), Bar(64, 64, 85, 86)))


def colours(drawing: str) -> list[str]:
    return [part.get("fill", "") for part in ElementTree.fromstring(drawing).iter("rect")]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("objects", [1, 6, 7, 12])
@pytest.mark.parametrize("round_trip", [0, 10, FURTHEST])
def test_every_wish_has_a_picture_of_the_same_size(way: str, objects: int, round_trip: int) -> None:
    wish = Wish(round_trip, objects, way)
    for load in (None, LOAD, Load(wish, tuple(Bar(0, 1, 2, 2500 + n) for n in range(objects)))):
        shown = picture(wish, load, [LOAD] if load else [], "measured <now>")
        parts = list(ElementTree.fromstring(shown).iter())  # and it is well-formed
        assert [part.get("viewBox") for part in parts if part.tag == "svg"] == [
            "0 0 560 300",
            "0 0 470 300",
        ]
        assert shown == picture(wish, load, [LOAD] if load else [], "measured <now>")
        for part in parts:
            inside = [float(part.get(side, "0")) for side in ("x", "x1", "x2") if part.get(side)]
            assert all(0 <= x <= 561 for x in inside), (wish, part.attrib)


def test_the_sentence_says_theory_and_what_came() -> None:
    said = re.sub("<[^>]*>", "", sentence(WISH, LOAD)).strip()
    assert said == (
        "Keep-alive, 3 objects, round trip 20 ms. Theory: N + 1 = 4 round trips, 80 ms. "
        "Measured: 86 ms, 4.3 round trips."
    )
    one = re.sub("<[^>]*>", "", sentence(Wish(0, 1, "pipelined"), None)).strip()
    assert one == "Pipelined, 1 object, round trip 0 ms. Theory: 2 round trips, 0 ms. Measuring…"
    assert "Measuring…" in sentence(WISH._replace(objects=4), LOAD)


def test_a_measurement_of_something_else_is_grey_and_not_told() -> None:
    fresh, stale = waterfall(WISH, LOAD), waterfall(WISH._replace(round_trip=30), LOAD)
    assert 'opacity="0.35"' in stale and 'opacity="0.35"' not in fresh
    assert "object 3 from 64 to 86 ms" in fresh and "connected at 20" in fresh
    assert "not measured yet" in stale


def test_three_objects_are_three_bars() -> None:
    receive = colours(waterfall(WISH, LOAD)).count("#009E73")
    assert receive == 3 + 1  # and one in the legend
    assert colours(waterfall(WISH, LOAD)).count("#56B4E9") == 3 + 1


def test_points_with_another_number_of_objects_are_left_out() -> None:
    other = Load(WISH._replace(objects=1), LOAD.bars[:1])
    assert "measured: keep-alive at 20 ms: 86 ms." in chart(WISH, [LOAD, other])
    assert chart(WISH, [other]) == chart(WISH, [])
    assert chart(WISH, [LOAD]).count("<circle") == 1  # a ring around the present point
    assert "<circle" not in chart(WISH._replace(way="pipelined"), [LOAD])


def test_where_the_times_are_from_is_always_said_and_never_markup() -> None:
    for load in (LOAD, None):
        assert "Times a &lt;b&gt; c." in picture(WISH, load, [], "a <b> c")
