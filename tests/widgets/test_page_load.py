"""PageLoadExplorer without a browser: it answers moves, forgets what was overtaken, and ends."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ipywidgets
import pytest

from netlab import PageLoadExplorer
from netlab.network.available import SWITCH
from netlab.widgets.page_fetch import Load, Wish
from tests.helpers import ENVIRONMENT, Footprint, eventually, notebook, returns_to
from tests.network.tools import live
from tests.widgets.test_page_sources import SHIPPED

HERE = pytest.param("", marks=live)


@pytest.fixture(params=[HERE, "1"], ids=["live", "played"])
def explorer(request: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[PageLoadExplorer]:
    monkeypatch.setenv(SWITCH, request.param)
    with PageLoadExplorer(recording=SHIPPED) as made:
        yield made


def said(explorer: PageLoadExplorer) -> str:
    """The words of the picture, without those in the drawings."""
    return re.sub("<[^>]*>", "", re.sub("<svg.*?</svg>", "", explorer.picture.value))


def set_(explorer: PageLoadExplorer, **values: Any) -> None:
    for name, value in values.items():
        explorer.controls[name].value = value


def test_it_begins_with_a_page_that_was_measured(explorer: PageLoadExplorer) -> None:
    assert "Keep-alive, 8 objects, round trip 20 ms." in said(explorer)
    found = re.search(r"Measured: (\d+) ms, ", said(explorer))
    assert found and int(found[1]) >= 180
    vehicle = "played back: measured on Linux" if os.environ[SWITCH] else "measured now on the"
    assert f"Times {vehicle}" in said(explorer)


def test_nothing_runs_behind_the_cells_below_until_it_is_moved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Wish] = []
    monkeypatch.setenv(SWITCH, "1")
    monkeypatch.setattr("netlab.widgets.latest.Latest.ask", lambda self, wish: asked.append(wish))
    with PageLoadExplorer(recording=SHIPPED) as explorer:
        assert asked == []
        set_(explorer, objects=9)
        assert asked == [Wish(20, 9, "keep-alive")]


def test_a_move_shows_theory_at_once_and_the_measurement_when_it_is_there(
    explorer: PageLoadExplorer,
) -> None:
    set_(explorer, way="six at once", objects=7, round_trip=40)
    assert "Theory: 2 for each six = 4 round trips, 160 ms. Measuring…" in said(explorer)
    eventually(lambda: "Measured" in said(explorer))
    assert "measured: six at once at 40 ms: " in explorer.picture.value


def test_200_quick_moves_leave_no_queue(explorer: PageLoadExplorer) -> None:
    began: list[Wish] = []
    load = explorer._source.load

    def counted(wish: Wish, overtaken: Any) -> Load:
        began.append(wish)
        return load(wish, overtaken)

    explorer._source.load = counted  # type: ignore[method-assign]
    for number in range(200):
        set_(explorer, round_trip=80, objects=number % 12 + 1)
    set_(explorer, way="pipelined", round_trip=10, objects=5)
    eventually(lambda: "Measured" in said(explorer), within=3.0)
    assert "Pipelined, 5 objects, round trip 10 ms" in said(explorer)
    assert began[-1] == Wish(10, 5, "pipelined")
    assert len(explorer._loads) < 20  # an overtaken page was not finished


def test_an_error_is_shown_and_the_next_move_is_answered(explorer: PageLoadExplorer) -> None:
    load = explorer._source.load

    def broken(wish: Wish, overtaken: Any) -> Load:
        raise OSError("the cable <is> cut")

    explorer._source.load = broken  # type: ignore[method-assign]
    set_(explorer, objects=3)
    eventually(lambda: "OSError: the cable &lt;is&gt; cut" in explorer.picture.value)
    explorer._source.load = load  # type: ignore[method-assign]
    set_(explorer, objects=2)
    eventually(lambda: "Measured" in said(explorer))


def test_points_are_kept_and_return_with_their_number_of_objects(
    explorer: PageLoadExplorer,
) -> None:
    for objects in (2, 3, 2):
        set_(explorer, objects=objects)
        eventually(lambda: "Measured" in said(explorer))
    assert "measured: keep-alive at 20 ms" in explorer.picture.value
    assert {wish.objects for wish in explorer._loads} == {2, 3, 8}


@pytest.mark.parametrize("switch", [HERE, "1"])
def test_nothing_is_left(switch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, switch)
    PageLoadExplorer(recording=SHIPPED).close()  # what is made once, such as the servers' child
    instances = ipywidgets.widgets.widget._instances
    widgets, before = len(instances), Footprint.of()
    for _ in range(3):
        with PageLoadExplorer(recording=SHIPPED) as made:
            set_(made, way="a connection each", objects=12, round_trip=80)
        made.close()  # once more does no harm
        assert len(instances) == widgets
        assert "netlab-explorer" not in [thread.name for thread in threading.enumerate()]
    returns_to(before)


def test_an_explorer_that_could_not_begin_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "1")
    instances = ipywidgets.widgets.widget._instances
    before = Footprint.of(), len(instances)
    monkeypatch.setattr("netlab.widgets.page_load._controls", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        PageLoadExplorer(recording=SHIPPED)
    returns_to(before[0])
    assert len(instances) == before[1]


@pytest.mark.parametrize("switch", [HERE, "1"])
def test_a_cell_that_is_run_again_closes_its_explorer(
    switch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENVIRONMENT, SWITCH, switch)
    cell = f"explorer = PageLoadExplorer(recording={str(SHIPPED)!r})"
    with notebook(tmp_path) as book:
        pid = book.pid
        book.run("import ipywidgets; from netlab import PageLoadExplorer")
        count = "print(len(ipywidgets.widgets.widget._instances))"
        book.run(cell, cell="one")
        book.run(cell, cell="one")
        widgets, before = book.run(count), Footprint.of(pid)
        for _ in range(3):
            book.run(cell, cell="one")
        assert book.run(count) == widgets
        returns_to(before, pid)


def test_its_words_are_the_same_wherever_it_runs(explorer: PageLoadExplorer) -> None:
    bundle = explorer._repr_mimebundle_()
    assert bundle["text/plain"] == repr(explorer)
    assert set(bundle) <= {"text/plain", "application/vnd.jupyter.widget-view+json"}
    assert not re.search(r"\d", repr(explorer)) and "network" not in repr(explorer)
