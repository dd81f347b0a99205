"""Playback: a recorded network answers the calls it knows, at the pace at which it was recorded."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from netlab.background import cells
from netlab.background.tape import Tape
from netlab.network.notes import FORMAT, digest, raise_error, unpack


class RecordingError(RuntimeError):
    """The recording does not know what was asked of it."""


class Player(Tape):
    """Answers from a recording.

    Deeds (connect, a server that starts) are looked up with the conditions they were done under;
    views (a trace, a log) show what had been done by then, so that must have been played before.
    Within a cell that was there when it was recorded, calls get what that cell's calls got.
    """

    playing = True

    def __init__(self, path: Path) -> None:
        try:
            self._recording = json.loads(path.read_text("utf-8"))
            if self._recording["format"] != FORMAT:
                raise ValueError
        except (ValueError, KeyError, TypeError):
            raise ValueError(
                f"{path} is no recording that this netlab can read; "
                "get it again from where the lesson came from"
            ) from None
        self.plan: dict[str, Any] = self._recording["plan"]
        self.vehicle = f"recorded on {self._recording['system']}"
        self._calls: dict[str, list[Entry]] = {}
        needs = -1
        for at, entry in enumerate(self._recording["calls"]):
            entry |= {"at": at, "needs": needs}
            needs = at if "socket" in entry else needs
            self._calls.setdefault(_key(entry), []).append(entry)
        self._closed = False
        self._done = -1  # the furthest connection that has been played
        self.events = 0  # of all sockets so far
        self._counts: dict[str, tuple[str, int]] = {}  # by call and cell: which run, how many
        self._pools: dict[tuple[tuple[int, ...], str], list[Any]] = {}  # played sockets alike
        self.guard = threading.Lock()

    def enter(self, state: Any) -> None:
        """The conditions change to `state`; RecordingError if nothing was recorded under them."""
        state = json.loads(json.dumps(state))  # as the file has it: lists for tuples
        if state not in self._recording["states"]:
            raise RecordingError(
                "these conditions were not recorded. The live network can have any; a recording "
                f"only has those it was made with. {LIVE_WHERE}"
            )
        self._state = self._recording["states"].index(state)

    def call(self, who: str, what: str, arguments: list[Any], live: Callable[[], Any]) -> Any:
        entry = self._find(who, what, arguments)[0]
        wait(entry["took"])
        raise_error(entry.get("error"))
        return unpack(entry["result"])

    def socket(self, who: str, what: str, arguments: list[Any], live: Callable[[], Any]) -> Any:
        from netlab.network.played import PlayedSocket

        entry, alike, run = self._find(who, what, arguments)
        wait(entry["took"])
        raise_error(entry.get("error"))
        numbers = [other["socket"] for other in alike if "socket" in other]
        with self.guard:
            self._done = max(self._done, entry["at"])
            pool = self._pools.setdefault((tuple(numbers), run), [])
        return PlayedSocket(self, entry["socket"], numbers, pool)

    def close(self) -> None:
        self._closed = True

    def script(self, number: int) -> dict[str, Any]:
        """What was noted of one socket."""
        script: dict[str, Any] = self._recording["sockets"][number]
        return script

    def _find(self, who: str, what: str, arguments: list[Any]) -> tuple[Entry, list[Entry], str]:
        """The entry to play, all that it was chosen from, and the run of the cell."""
        if self._closed:
            raise ConnectionError(CLOSED)
        key = _key({"state": self._state, "who": who, "what": what, "arguments": digest(arguments)})
        entries = self._calls.get(key, [])
        if not entries and what == "close":
            return END, [END], ""
        if not entries:
            raise RecordingError(self._unknown(who, what, arguments))
        cell, run = cells.running_source()
        here = [entry for entry in entries if cell and entry["cell"] == cell]
        with self.guard:
            if what in VIEWS and not here:  # as things stand
                past = [e for e in entries if e["needs"] <= self._done]
                past = [e for e in past if e.get("events", 0) <= self.events] or past[:1]
                alike = past[-1:] or entries[:1]
            else:
                alike = here or entries
            place = f"{cell if here else ''} {key}"
            last, count = self._counts.get(place, (run, 0))
            if here and last != run:
                count = 0  # the cell is run again: from the start
            self._counts[place] = (run, count + 1)
            entry = alike[count % len(alike)]
            if what in VIEWS and what != "close" and entry["needs"] > self._done:
                raise RecordingError(
                    f"a recorded {what} shows what had been done by then, and here that has not "
                    "been done yet: run the cells above first"
                )
        return entry, alike, run

    def _unknown(self, who: str, what: str, arguments: list[Any]) -> str:
        known = [e for e in self._recording["calls"] if (e["who"], e["what"]) == (who, what)]
        if what.endswith(" starts") and known:
            return (
                f"this recording has another {what.removesuffix(' starts')} on {who}: expected the "
                f"pages, settings or code that it had then. {LIVE_WHERE}"
            )
        if not known:
            others = sorted({e["what"] for e in self._recording["calls"] if e["who"] == who})
            has = f"of {who} it knows {', '.join(others)}" if others else f"it knows no {who}"
            return f"this recording has no {what} of {who}; {has}. {LIVE_WHERE}"
        if any(entry["arguments"] == digest(arguments) for entry in known):
            return (
                f"{what} of {who} was recorded under other conditions: run the cell that sets "
                f"them again, such as net.change(...). {LIVE_WHERE}"
            )
        asked = json.dumps(digest(arguments))
        return (
            f"this recording does not know {what} of {who} with {asked[:80]} here; "
            f"it can only repeat what was done when it was made. {LIVE_WHERE}"
        )


Entry = dict[str, Any]
VIEWS = {
    "trace",
    "sockets",
    "log",
    "events",
    "close",
}  # what shows the past, whatever the conditions are now
END: Entry = {"took": 0.0, "result": {"records": [], "dropped": 0}}  # of a server nobody closed
CLOSED = "this network is closed; run the cell that made it again"
LIVE_WHERE = "Network.available() says how to have the live network."


def wait(seconds: float) -> None:
    """Let pass what passed then: this is the recording's pace, and waits for nothing."""
    if seconds > 0:
        time.sleep(seconds)


def _key(entry: Entry) -> str:
    state = None if entry["what"] in VIEWS else entry["state"]
    return json.dumps([state, entry["who"], entry["what"], entry["arguments"]], sort_keys=True)
