"""RoundTripMonitor without a browser: what it shows, what it runs, and that nothing is left."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from ipywidgets.widgets import widget

from netlab import EchoServer, RoundTripMonitor, Samples
from netlab.network.available import available
from netlab.samples import Sample
from netlab.widgets import monitor as module
from netlab.widgets.pinging import RELAY, ROOTLESS, Pinging, least
from netlab.widgets.track import Track
from netlab.widgets.window import Moment, picture
from netlab.wire.model import Conditions
from tests.helpers import Footprint, eventually, notebook, returns_to

SLOW_MACHINE = 20.0  # seconds until two processes run


@pytest.fixture
def monitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.chdir(tmp_path)
    with RoundTripMonitor() as made:
        yield made


def press(monitor: RoundTripMonitor, name: str) -> str:
    """What the monitor says once a button is pressed."""
    monitor.controls[name].click()
    return said(monitor)


def said(monitor: RoundTripMonitor) -> str:
    return re.sub("<[^>]*>", "", monitor._said.value)


def start(monitor: RoundTripMonitor, frames: int = 4) -> None:
    begun = monitor.frames
    press(monitor, "start")
    eventually(lambda: monitor.frames >= begun + frames, SLOW_MACHINE, said(monitor))


def moment(count: int = 0, **other: Any) -> Moment:
    samples = [Sample(n / 50, n / 50, n / 50 + 0.041) for n in range(count)]
    asked: dict[str, Any] = {"now": 20.0, "samples": samples, "floors": [(0.0, 0.04)]}
    return Moment(**(asked | {"marks": [], "vehicle": RELAY} | other))


# -- the picture --------------------------------------------------------------------------------


def test_every_round_trip_in_the_window_is_a_dot_and_a_late_one_a_cross() -> None:
    shown = picture(moment(100, samples=[*moment(100).samples, Sample(2.0, 2.0, None)]))
    assert shown.count("h0") == 100
    assert shown.count("l6 6m0-6l-6 6") == 1
    assert picture(moment(100, now=21.0)).count("h0") == 50  # the oldest second has left


def test_the_least_that_was_asked_is_a_line_with_its_number() -> None:
    shown = picture(moment(floors=[(0.0, 0.04), (10.0, 0.1)]))
    assert "asked, 100 ms" in shown
    (path,) = re.findall(r'd="([^"]+)" stroke="#009e73"', shown)
    heights = [float(y) for y in re.findall(r" ([\d.]+)", path)]
    assert heights[0] == heights[1] > heights[2] == heights[3]


def test_the_picture_has_one_height_and_says_what_carried_it() -> None:
    marks = [(n, f"{n}: 20 ms") for n in range(15)]
    pictures = [picture(moment()), picture(moment(900)), picture(moment(9, marks=marks))]
    assert len({re.search(r'viewBox="[^"]+"', shown)[0] for shown in pictures}) == 1  # type: ignore[index]
    assert all(shown.count(RELAY) == 2 for shown in pictures)  # the caption, and for the blind
    assert "14: 20 ms" in pictures[2]


def test_one_slow_round_trip_does_not_flatten_all_others() -> None:
    samples = [*moment(100).samples, Sample(3.0, 3.0, 4.9)]
    shown = picture(moment(samples=samples))
    assert ">40</text>" in shown and ">500</text>" not in shown  # the scale of 50 ms
    assert shown.count("l3-6l3 6") == 1 and "arrow: higher" in shown


def test_a_full_window_is_a_small_message() -> None:
    assert len(picture(moment(1600, now=32.0))) < 30_000


def test_the_least_round_trip_counts_rate_and_headers() -> None:
    asked = Conditions(delay=0.020, jitter=0.005, rate=64_000)
    assert least(asked, RELAY) == pytest.approx(2 * (0.015 + 0.008))
    assert least(asked, ROOTLESS) > least(asked, RELAY)


# -- what it remembers --------------------------------------------------------------------------


def test_figures_are_of_the_time_since_the_last_change() -> None:
    track = Track(RELAY)
    track.ask(Conditions(delay=0.020))
    track.add([Sample(t, t, t + 0.040) for t in (1.0, 2.0)], 0.0)
    track._now = 3.0
    track.ask(Conditions(delay=0.050))
    track.add([Sample(4.0, 4.0, 4.1), Sample(4.1, 4.1, None)], 0.0)
    track._now = 7.0
    assert track.figures() == (
        "2 round trips in the last 4 s, 1 of them later than 2 s: "
        "median 100.0 ms, p99 needs 1000 of them."
    )
    assert track.samples().asked is None  # two delays were asked


# -- what it runs ---------------------------------------------------------------------------------


def test_a_change_makes_old_figures_go_at_once() -> None:
    track = Track(RELAY)
    track.add([Sample(t, t, t + 0.040) for t in (1.0, 2.0)], 0.0)
    track._now = 3.0
    track.ask(Conditions(delay=0.050))
    assert track.figures() == "New figures in a moment."


def test_nothing_runs_before_start_and_nothing_volatile_is_saved() -> None:
    with EchoServer():
        before = Footprint.of()
        with RoundTripMonitor() as monitor:
            assert Footprint.of().processes == before.processes
            assert monitor._repr_mimebundle_()["text/plain"] == repr(monitor) == module.WORDS
            assert said(monitor) == "Nothing runs yet: press Start."


def test_real_round_trips_never_earlier_than_asked(monitor: Any) -> None:
    monitor.controls["delay"].value = 30
    start(monitor)
    samples = monitor.samples
    assert isinstance(samples, Samples) and samples.asked == pytest.approx(0.060)
    assert min(samples.rtts) >= 0.060
    assert samples.lost == 0


def test_moved_sliders_reach_the_relay(monitor: Any) -> None:
    start(monitor)
    monitor.controls["delay"].value = 100
    eventually(lambda: monitor.samples.rtts[-1] >= 0.200, 10)
    assert "asked, 200 ms" in monitor.picture.value


def test_200_quick_moves_leave_no_queue(monitor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    start(monitor)
    changes: list[Conditions] = []
    real = Pinging.change
    monkeypatch.setattr(
        Pinging, "change", lambda self, asked: (changes.append(asked), real(self, asked))
    )
    for n in range(200):
        monitor.controls["delay"].value = 5 * (n % 40)
    monitor.controls["delay"].value = 150
    eventually(lambda: changes and changes[-1].delay == 0.150, 0.5, "the newest within 0.5 s")
    done, frames = len(changes), monitor.frames
    eventually(lambda: monitor.frames >= frames + 2, 5)
    assert len(changes) == done <= 201


def test_a_jitter_over_the_delay_is_cut_to_it(monitor: Any) -> None:
    monitor.controls["jitter"].value = 100
    assert monitor.asked.jitter == monitor.asked.delay == 0.020
    assert "asked, 0 ms" in monitor.picture.value


def test_pause_ends_what_runs_and_start_goes_on(monitor: Any) -> None:
    with EchoServer():  # the servers' child stays
        before = Footprint.of()
        start(monitor)
        assert Footprint.of().processes == before.processes + 2
        assert press(monitor, "start") == "Paused. Start goes on."
        returns_to(before)
        measured = len(monitor.samples)
        start(monitor)
        press(monitor, "start")
        eventually(lambda: Footprint.of().processes == before.processes)
        samples = monitor.samples
        assert len(samples) > measured
        gaps = [b.sent - a.sent for a, b in zip(samples.samples, samples.samples[1:], strict=False)]
        assert min(gaps) >= 0 and max(gaps) > 0.9  # the stop shows as a gap
        returns_to(before)


def test_mark_and_export(monitor: Any, tmp_path: Path) -> None:
    start(monitor)
    assert press(monitor, "mark") == "Mark 1: 20 ms."
    assert "1: 20 ms" in monitor.picture.value or eventually(
        lambda: "1: 20 ms" in monitor.picture.value
    )
    press(monitor, "start")
    for name in ("round-trips.csv", "round-trips-2.csv"):
        assert f"round trips to {name}, beside this notebook" in press(monitor, "export")
        assert Samples.from_csv(tmp_path / name) == monitor.samples


def test_an_error_is_shown_in_the_explorer(monitor: Any) -> None:
    assert "there is no round trip yet: press Start" in press(monitor, "export")
    start(monitor)
    for child in psutil.Process().children():
        if "probe" in child.cmdline():
            child.kill()
    eventually(lambda: "This did not work" in said(monitor), 10)
    assert not monitor.running and monitor.controls["start"].description == "Start"


@pytest.mark.parametrize(("name", "value"), [("AWAY", 0.5), ("MINUTES", 0.02)])
def test_it_pauses_by_itself(
    name: str, value: float, monitor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, value)
    start(monitor, frames=1)
    monitor._pulse.value += 1  # the page was there
    eventually(lambda: not monitor.running, 10)
    eventually(lambda: said(monitor).startswith("Paused"), 5)


def test_closing_while_it_runs_leaves_nothing() -> None:
    with EchoServer():
        here, widgets = Footprint.of(), len(widget._instances)
        for _ in range(3):
            monitor = RoundTripMonitor()
            start(monitor, frames=2)
            monitor.close()
            monitor.close()
        returns_to(here)
        assert len(widget._instances) == widgets
        assert not [t for t in threading.enumerate() if t.name == "netlab-explorer"]


@pytest.mark.skipif(not available(), reason="needs the live network")
def test_over_the_rootless_network() -> None:
    with RoundTripMonitor(network=True) as monitor:
        start(monitor)
        assert min(monitor.samples.rtts) >= 0.040
        assert monitor.samples.vehicle == "rootless network"
        assert "rootless network" in monitor.picture.value


def test_without_the_network_a_relay_stands_in_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NETLAB_NO_NETWORK", "1")
    with RoundTripMonitor(network=True) as monitor:
        assert "A relay stands in: " in said(monitor)
        assert RELAY in monitor.picture.value


LIVE = """
import os, psutil, time
from netlab import RoundTripMonitor
def run(seconds):
    me, begun, frames = psutil.Process(), time.monotonic(), monitor.frames
    used = sum(me.cpu_times()[:2])
    children = {c.pid: (c, sum(c.cpu_times()[:2])) for c in me.children()}
    monitor._latest._thread.join(seconds)  # ends early if it breaks
    over = time.monotonic() - begun
    share = lambda p, was: (sum(p.cpu_times()[:2]) - was) / over
    print((monitor.frames - frames) / over, share(me, used), me.memory_info().rss,
          *(share(c, was) for c, was in children.values()))
"""


def frames_cpu_memory(book: Any, seconds: float) -> list[float]:
    """Pictures a second, the kernel's share of a core, its bytes, each child's share of a core."""
    return [float(word) for word in book.result(book.send(f"run({seconds})"), 90)[0].split()]


def test_four_pictures_a_second_cost_the_kernel_little(tmp_path: Path) -> None:
    with notebook(tmp_path) as book:
        book.run(LIVE + "monitor = RoundTripMonitor()", cell="one")
        begin = "if not monitor.running: monitor.toggle()\nEchoServer(); "
        wait = "n = monitor.frames\nwhile monitor.frames < n + 4: monitor._wake.wait(0.1)"
        book.run("from netlab import EchoServer\n" + begin + wait, cell="two")
        rate, share, *_ = frames_cpu_memory(book, 5)
        assert rate > 3.6
        assert share < 0.30
        # what a button starts belongs to no cell: running that cell again does not end it
        book.run("from netlab import EchoServer\n" + begin + wait, cell="two")
        assert book.run("print('did not work' in monitor._said.value)") == "False\n"
        assert book.run("monitor.close(); print(monitor.running)") == "False\n"
