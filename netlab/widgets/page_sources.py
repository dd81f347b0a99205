"""Where the page-load explorer's points come from: a network that runs here, or a recording."""

from __future__ import annotations

import json
import os
import platform
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from netlab.background.closing import Closing
from netlab.network.available import available
from netlab.network.network import RECORD, Network
from netlab.servers.web import WebServer
from netlab.widgets.page_fetch import MOST, PATHS, WAYS, Bar, Load, Overtaken, Wish, fetch_page

ROUND_TRIPS = range(0, 81, 10)  # ms
TIMEOUT = 5.0  # seconds; the slowest page takes two
SIDE_BY_SIDE = 3  # networks that record at the same time: else it takes two minutes

# whether something newer waits, or comes within so many seconds
Overtakes = Callable[[float], bool]


class Source(Protocol):
    """Answers wishes with pages. caption: what its times are."""

    caption: str

    def load(self, wish: Wish, overtaken: Overtakes) -> Load: ...
    def close(self) -> None: ...


class Live(Closing):
    """Fetches each page over a network of its own: real packets between laptop and site."""

    caption = "measured now on the rootless network"

    def __init__(self) -> None:
        self._network, self._delay = Network("laptop -- site"), 0.0
        self._laptop, site = self._network.hosts
        try:
            self._server = WebServer({path: path * 30 for path in PATHS}, host=site)
        except BaseException:
            self._network.close()
            raise

    def load(self, wish: Wish, overtaken: Overtakes) -> Load:
        """Fetch the page now. Raises Overtaken, OSError."""
        was, self._delay = self._delay, wish.round_trip / 2000
        self._network.change(delay=self._delay)
        # packets keep their order: those of the page before, still under way, would hold us up
        if self._delay < was and overtaken(was):
            raise Overtaken
        return fetch_page(
            wish, lambda: self._laptop.connect(self._server, TIMEOUT), lambda: overtaken(0)
        )

    def close(self) -> None:
        """End the network and its server."""
        self._server.close()
        self._network.close()


class Played:
    """Plays pages that were measured on another machine; each takes the time that it took."""

    def __init__(self, path: Path) -> None:
        noted = json.loads(path.read_text("utf-8"))
        self.caption = f"played back: measured on {noted['system']}, {noted['date']}"
        self._pages = {
            Wish(round_trip, objects, way): tuple(Bar(*times) for times in bars)
            for round_trip, objects, way, bars in noted["pages"]
        }

    def load(self, wish: Wish, overtaken: Overtakes) -> Load:
        """The page as it was then. Raises Overtaken, KeyError."""
        if wish not in self._pages:
            raise KeyError(f"{wish} was not recorded; round trips go in steps of 10 ms")
        load = Load(wish, self._pages[wish])
        if overtaken(load.total / 1000):
            raise Overtaken
        return load

    def close(self) -> None:
        """Nothing runs."""


def source(recording: Path | None) -> Source:
    """The live network where it runs, else the recording; OSError if there is neither.

    Where NETLAB_RECORD is set, the recording is made first.
    """
    able = available()
    if able:
        if recording is not None and os.environ.get(RECORD):
            record(recording)
        return Live()
    if recording is None or not recording.exists():
        missing = f", and there is no recording {recording}" if recording is not None else ""
        cure = f". What would enable it: {able.cure}" if able.cure else ""
        raise OSError(f"the live network cannot run here: {able.reason}{missing}{cure}")
    return Played(recording)


def record(path: Path) -> None:
    """Measure every page that the explorer can be asked for, once each, and write them down."""
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        parts = list(pool.map(_measure, range(SIDE_BY_SIDE)))
    pages = sorted((load for part in parts for load in part), key=lambda load: load.wish)
    lines = [
        json.dumps([*load.wish, [[round(ms, 2) for ms in bar] for bar in load.bars]])
        for load in pages
    ]
    system = f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}"
    head = {"system": system, "date": time.strftime("%Y-%m-%d")}
    path.parent.mkdir(exist_ok=True)
    body = ",\n  ".join(lines)
    path.write_text(f'{json.dumps(head)[:-1]}, "pages": [\n  {body}\n]}}\n', "utf-8", newline="\n")


def _measure(part: int) -> list[Load]:
    """Every third page, over a network of its own."""
    wishes = [
        Wish(round_trip, objects, way)
        for round_trip in ROUND_TRIPS
        for objects in range(1, MOST + 1)
        for way in WAYS
    ]
    mine = wishes[part::SIDE_BY_SIDE]
    # each begins at another distance: at none at all, three would fight for the processor
    begin = part * len(mine) // SIDE_BY_SIDE
    undisturbed = threading.Event().wait
    with Live() as live:
        live.load(wishes[0], undisturbed)  # the first one finds cold caches
        return [live.load(wish, undisturbed) for wish in mine[begin:] + mine[:begin]]
