"""PageLoadExplorer: what a page costs, by distance, number of objects, and use of connections."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ipywidgets import IntSlider, Layout, ToggleButtons  # type: ignore[import-untyped]

from netlab.widgets.explorer import Explorer
from netlab.widgets.latest import Latest
from netlab.widgets.page_fetch import MOST, WAYS, Load, Overtaken, Wish
from netlab.widgets.page_picture import picture
from netlab.widgets.page_sources import ROUND_TRIPS, source

START = Wish(round_trip=20, objects=8, way="keep-alive")
WORDS = (
    "Page-load explorer: set the round trip, the number of objects and the way to fetch them. "
    "The page is fetched at once, and shown object by object beside theory."
)


class PageLoadExplorer(Explorer):
    """Fetches a page of small objects as the controls say, and shows where the time went.

    recording: a file to play where the live network cannot run; the picture says which of the
    two it shows. Raises OSError where there is neither.
    """

    def __init__(self, recording: str | os.PathLike[str] | None = None) -> None:
        self._painting = threading.Lock()
        self._source = source(Path(recording) if recording is not None else None)
        self._latest = Latest(self._measure)
        self._asked = START
        self._loads: dict[Wish, Load] = {}
        try:
            # in the cell itself: nothing runs behind the cells below until a control is moved
            self._keep(self._source.load(START, self._latest.overtaken))
            super().__init__(_controls(), WORDS)
        except BaseException:
            self._end()
            raise

    def render(
        self,
        *,
        load: Load | None = None,
        points: Iterable[Load] = (),
        caption: str = "",
        **wish: Any,
    ) -> str:
        """The picture for these settings: round_trip (ms), objects, way; load: what is measured."""
        return picture(Wish(**wish), load, points, caption)

    def draw(self) -> None:
        """Show theory at once; ask for the measurement, which takes its time."""
        wish = Wish(**self.state)
        if wish != self._asked:
            self._asked = wish
            self._latest.ask(wish)
        self._paint()

    def close(self) -> None:
        """End the network and the thread, and take the explorer away."""
        self._end()
        super().close()

    def _measure(self, wish: Wish) -> None:
        try:
            self._keep(self._source.load(wish, self._latest.overtaken))
        except Overtaken:
            return
        except Exception as error:
            if not self._latest.closed:  # else the network went away because we took it away
                self._say(error)
            return
        self._paint()

    def _keep(self, load: Load) -> None:
        self._load, self._loads = load, {**self._loads, load.wish: load}

    def _paint(self) -> None:
        with self._painting:  # two threads paint: what is shown last is what was known last
            self.show(
                lambda: self.render(
                    **self.state,
                    load=self._load,
                    points=self._loads.values(),
                    caption=self._source.caption,
                )
            )

    def _say(self, error: Exception) -> None:
        def fail() -> str:
            raise error

        with self._painting:
            self.show(fail)

    def _end(self) -> None:
        self._latest.close()
        self._source.close()


def _controls() -> dict[str, Any]:
    wide = {"description_width": "110px"}
    layout = Layout(width="440px", max_width="98%")
    return {
        "round_trip": IntSlider(
            START.round_trip,
            ROUND_TRIPS[0],
            ROUND_TRIPS[-1],
            ROUND_TRIPS.step,
            description="round trip (ms)",
            style=wide,
            layout=layout,
        ),
        "objects": IntSlider(
            START.objects, 1, MOST, description="objects", style=wide, layout=layout
        ),
        # not RadioButtons: JupyterLab takes the arrow keys from them
        "way": ToggleButtons(options=WAYS, value=START.way, description="connections", style=wide),
    }
