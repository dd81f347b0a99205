"""RoundTripMonitor: a running ping as a live chart, while delay, jitter and rate are moved."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

from ipywidgets import (  # type: ignore[import-untyped]
    HTML,
    Button,
    HBox,
    IntSlider,
    Layout,
    Play,
    SelectionSlider,
    Widget,
)

from netlab.network.available import available
from netlab.samples import Samples
from netlab.widgets.explorer import Explorer, problem
from netlab.widgets.latest import Latest
from netlab.widgets.pinging import QUEUE, RELAY, ROOTLESS, Pinging
from netlab.widgets.track import Track
from netlab.widgets.window import Moment, picture
from netlab.wire.model import Conditions

FRAMES = 4  # pictures a second
MINUTES = 5  # a ping that everybody forgot ends by itself
LOOK, AWAY = 2.0, 20.0  # s: how often the page says that it is there; silence that ends the ping
SETTLED = 3.0  # s after a change until the figures are told to who hears the page
WARMUP = 3  # round trips after a start that do not count, as in ping
RATES = {"no limit": None, "1 Mbit/s": 1e6, "100 kbit/s": 1e5, "50 kbit/s": 5e4, "30 kbit/s": 3e4}
WORDS = (
    "RoundTripMonitor: a live chart of a ping, every round trip a dot. "
    "Sliders: delay, jitter, rate. Buttons: Start, Mark, Export."
)


class RoundTripMonitor(Explorer):
    """Pings an echo server of its own once Start is pressed; each round trip becomes a dot.

    network: over the rootless network where that runs, else through a relay. It pauses by itself
    after five minutes, or when its page is gone. samples: the Samples of the last five minutes.
    """

    def __init__(self, *, network: bool = False) -> None:
        able = available() if network else None
        self.track = Track(ROOTLESS if able else RELAY)
        self.frames = 0  # pictures of running pings, since it was made
        self._run: threading.Event | None = None  # set: that ping shall end
        self._wake = threading.Event()
        self._looked: float | None = None
        self._numbers = count(1)
        self._figures = ""
        self._said = HTML(layout=Layout(min_height="3em"))
        self._pulse = Play(interval=int(LOOK * 1000), max=10**9, layout=Layout(display="none"))
        self._pulse.observe(self._look, "value")
        self._latest = Latest(self._ping)
        wide = {
            "style": {"description_width": "90px"},
            "layout": Layout(width="98%", max_width="420px"),
        }
        super().__init__(
            {
                "delay": IntSlider(20, 0, 200, 5, description="delay (ms)", **wide),
                "jitter": IntSlider(0, 0, 100, 5, description="jitter (ms)", **wide),
                "rate": SelectionSlider(options=list(RATES), description="rate", **wide),
                "start": self._button("Start", self.toggle),
                "mark": self._button("Mark", self.mark),
                "export": self._button("Export", self.export),
            },
            WORDS,
        )
        why = f" A relay stands in: {able.reason}" if able is not None and not able else ""
        self._tell(f"Nothing runs yet: press Start.{why}")

    def arrange(self) -> list[Widget]:
        """Sliders below each other, buttons side by side, then the sentence and the picture."""
        *sliders, start, mark, export = self.controls.values()
        return [*sliders, HBox([start, mark, export]), self._said, self._pulse, self.picture]

    # -- what the buttons do, and the sentence that says so ---------------------------------------

    def toggle(self) -> str:
        """Start, or pause: what runs is ended, what was measured stays."""
        if self.running:
            return self._end("Paused. Start goes on.")
        self._run = threading.Event()
        self._latest.ask(self._run)
        self.controls["start"].description = "Pause"
        return f"Started with {words(self.asked)}. Pauses by itself after {MINUTES} minutes."

    def mark(self) -> str:
        """Put an upright line at the present moment, with the present settings."""
        said = f"{next(self._numbers)}: {words(self.asked)}"
        self.track.mark(said)
        self.draw()
        return f"Mark {said}."

    def export(self) -> str:
        """Write the samples as a CSV file into the notebook's folder, beside earlier ones."""
        samples = self.samples
        names = (Path(f"round-trips{f'-{n}' if n > 1 else ''}.csv") for n in count(1))
        path = next(path for path in names if not path.exists())
        samples.to_csv(path)
        return (
            f"Wrote {len(samples)} round trips to {path}, beside this notebook. "
            f"Samples.from_csv('{path}') reads it."
        )

    # -- what there is ----------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Whether it pings."""
        return self._run is not None and not self._run.is_set()

    @property
    def asked(self) -> Conditions:
        """What the sliders say; a delay is never less than its jitter."""
        state = self.state
        delay = state["delay"] / 1000
        jitter = min(state["jitter"] / 1000, delay)
        return Conditions(delay=delay, jitter=jitter, rate=RATES[state["rate"]], queue=QUEUE)

    @property
    def samples(self) -> Samples:
        """The round trips of the last five minutes; ValueError if there is none yet."""
        return self.track.samples()

    def render(self, moment: Moment, **state: Any) -> str:
        """The picture of a moment; the controls are in it already."""
        return picture(moment)

    def draw(self) -> None:
        """Show the present moment; while it pings, the ping's thread does so."""
        if self.running:
            self._wake.set()
        else:
            self.track.ask(self.asked)
            self._paint()

    def close(self) -> None:
        """End the ping, its processes and its thread, and take the controls away."""
        self._end("")
        self._latest.close()
        super().close()

    # -- the ping's thread ------------------------------------------------------------------------

    def _ping(self, run: threading.Event) -> None:
        """One ping from Start to its end; how it ended by itself is said."""
        try:
            last = self._follow(run)
        except Exception as error:
            last = problem(error)
        self.track.stand()
        if not run.is_set():
            self._tell(self._end(last))
        self._paint()

    def _follow(self, run: threading.Event) -> str:
        """Four pictures a second until `run` is set, or a reason to pause, which is returned."""
        if run.is_set():  # paused before it began
            return ""
        asked, told, self._looked = self.asked, False, None
        with Pinging(asked, network=self.track.vehicle == ROOTLESS) as pinging:
            start, samples = pinging.read()
            self.track.go(start)
            self.track.ask(asked)
            self._pulse.playing = True
            for frame in count(1):
                while not run.is_set() and (left := start + frame / FRAMES - perf_counter()) > 0:
                    if self._wake.wait(left):
                        self._wake.clear()
                        if (moved := self.asked) != asked:
                            asked, told = moved, False
                            pinging.change(asked)
                            self.track.ask(asked)
                            self._figures = self.track.figures()
                        self._paint()
                if run.is_set():
                    return ""
                samples += pinging.read()[1]
                self.track.add(samples[WARMUP:], start)
                samples = samples[:WARMUP]
                self.frames += 1
                if frame % FRAMES == 0:  # figures that change faster cannot be read
                    self._figures = self.track.figures()
                self._paint()
                if not told and self.track.changed > SETTLED:
                    told = True
                    self._tell(f"First figures with {words(asked)}. {self.track.figures()}")
                if self._looked is not None and perf_counter() - self._looked > AWAY:
                    return "Paused: the page was gone. Start goes on."
                if perf_counter() - start > 60 * MINUTES:
                    return f"Paused after {MINUTES} minutes. Start goes on."
        return ""

    # -- small things -----------------------------------------------------------------------------

    def _end(self, said: str) -> str:
        if self._run is not None:
            self._run.set()
        self._wake.set()
        self._pulse.playing = False
        self.controls["start"].description = "Start"
        return said

    def _paint(self) -> None:
        moment = replace(self.track.moment(), figures=self._figures)
        self.show(lambda: self.render(moment))

    def _tell(self, sentence: str) -> None:
        """Say it, also to who hears the page: not more often than something is done."""
        self._said.value = f'<div role="status" aria-live="polite">{sentence}</div>'

    def _look(self, change: object) -> None:
        """The page is there: its hidden Play counts on."""
        self._looked = perf_counter()

    def _button(self, name: str, press: Callable[[], str]) -> Widget:
        def pressed(_: Widget) -> None:
            try:
                self._tell(press())
            except Exception as error:  # a callback's error would otherwise be seen by nobody
                self._tell(problem(error))

        button = Button(description=name)
        button.on_click(pressed)
        return button


def words(asked: Conditions) -> str:
    """Conditions as a mark says them: 20 ± 5 ms, 50 kbit/s."""
    give_or_take = f" ± {1000 * asked.jitter:g}" if asked.jitter else ""
    rate = next(name for name, rate in RATES.items() if rate == asked.rate)
    return f"{1000 * asked.delay:g}{give_or_take} ms" + (f", {rate}" if asked.rate else "")
