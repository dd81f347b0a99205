"""Where the page-load explorer's times come from: live, recorded, and never anything else."""

from __future__ import annotations

import json
import time
from pathlib import Path
from threading import Event

import pytest

from netlab.network.available import SWITCH
from netlab.widgets import page_sources
from netlab.widgets.page_fetch import MOST, WAYS, Overtaken, Wish, in_theory
from netlab.widgets.page_sources import ROUND_TRIPS, Live, Played, source
from tests.helpers import Footprint, returns_to
from tests.network.tools import live

SHIPPED = Path(__file__).parents[2] / "notebooks/33-connections/recordings/page-load.json"
GRID = [Wish(r, n, way) for r in ROUND_TRIPS for n in range(1, MOST + 1) for way in WAYS]
UNDISTURBED = Event().wait


def expected(wish: Wish) -> int:
    """Theory in ms; a pipelined eleventh object waits for an ACK (RFC 6928: ten packets)."""
    late = wish.way == "pipelined" and wish.objects > 10
    return (in_theory(wish.way, wish.objects) + late) * wish.round_trip


def test_the_shipped_recording_has_every_page_and_is_near_theory() -> None:
    played = Played(SHIPPED)
    assert played.caption.startswith("played back: measured on Linux ")
    pages = {wish: played.load(wish, lambda seconds: False) for wish in GRID}
    over = {wish: page.total - expected(wish) for wish, page in pages.items()}
    assert all(len(page.bars) == wish.objects for wish, page in pages.items())
    assert min(over.values()) > 0
    assert max(over.values()) < 45, max(over, key=lambda wish: over[wish])


def test_playing_takes_the_time_that_it_took_and_can_be_overtaken() -> None:
    played, wish, asked = Played(SHIPPED), Wish(20, 8, "keep-alive"), []
    total = played.load(wish, lambda seconds: bool(asked.append(seconds))).total
    assert asked == [total / 1000]
    with pytest.raises(Overtaken):
        played.load(wish, lambda seconds: True)
    with pytest.raises(KeyError, match="was not recorded; round trips go in steps of 10 ms"):
        played.load(wish._replace(round_trip=25), UNDISTURBED)


def test_without_network_it_plays_or_says_why_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(SWITCH, "1")
    assert isinstance(source(SHIPPED), Played)
    for missing in (None, tmp_path / "none.json"):
        with pytest.raises(OSError, match=f"{SWITCH} is set.*unset {SWITCH}"):
            source(missing)


@live
def test_live_pages_are_near_theory() -> None:
    before = Footprint.of()
    with Live() as here:
        assert here.caption == "measured now on the rootless network"
        here.load(Wish(0, 1, "keep-alive"), UNDISTURBED)
        for wish in [Wish(20, 8, way) for way in WAYS] + [Wish(40, 11, "pipelined")]:
            over = min(here.load(wish, UNDISTURBED).total for _ in range(3)) - expected(wish)
            assert 0 < over < 100, wish
        began = time.perf_counter()
        with pytest.raises(Overtaken):
            here.load(Wish(80, 12, "a connection each"), lambda seconds: True)
        assert time.perf_counter() - began < 0.5
    returns_to(before)


@live
def test_a_page_does_not_wait_behind_the_packets_of_a_farther_one() -> None:
    with Live() as here:
        near = []
        for _ in range(3):
            here.load(Wish(80, 1, "keep-alive"), UNDISTURBED)
            near.append(here.load(Wish(0, 1, "keep-alive"), UNDISTURBED).total)
    assert min(near) < 35  # else 40: the last ACK of the farther one is still under way


@live
def test_a_recording_is_what_can_be_played(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NETLAB_RECORD", "1")
    monkeypatch.setattr(page_sources, "ROUND_TRIPS", [0, 10])
    monkeypatch.setattr(page_sources, "MOST", 2)
    path = tmp_path / "recordings" / "page-load.json"
    chosen = source(path)
    chosen.close()
    assert isinstance(chosen, Live)
    assert len(json.loads(path.read_text("utf-8"))["pages"]) == 2 * 2 * len(WAYS)
    assert Played(path).load(Wish(10, 2, "six at once"), lambda seconds: False).total > 20
