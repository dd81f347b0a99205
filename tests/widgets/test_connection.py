"""The connection explorer without a browser: its buttons, its picture, its two kinds of ends."""

from __future__ import annotations

import html
import re
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from netlab import ConnectionExplorer
from netlab.widgets.connection import picture
from netlab.widgets.two_ends import CALLS, Live, Recorded, nothing, record

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel view is Linux only")
OPEN = ["listen", "connect", "accept"]


def words(shown: str) -> str:
    return html.unescape(re.sub("<[^>]+>", " ", shown))


def press(explorer: ConnectionExplorer, call: str) -> str:
    """Press a button, wait until its call is done; what is shown then."""
    assert not explorer.controls[call].disabled
    explorer.controls[call].click()
    end = time.monotonic() + 10
    while explorer.busy:
        assert time.monotonic() < end
        time.sleep(0.01)
    return words(explorer.picture.value)


def offered(explorer: ConnectionExplorer) -> list[str]:
    return [call for call in CALLS if not explorer.controls[call].disabled]


@pytest.mark.parametrize("ends", [Recorded, pytest.param(Live, marks=linux)])
def test_calls_lead_to_states_and_back_to_the_start(ends: Any) -> None:
    with ConnectionExplorer(ends()) as explorer:
        assert offered(explorer) == ["listen"]
        for call in [*OPEN, "client: shutdown", "server: recv"]:
            shown = press(explorer, call)
        assert 'server: recv: b"", the end of the stream.' in shown
        assert "The client is FIN-WAIT-2." in shown and "The server is CLOSE-WAIT." in shown
        assert "server: send" in offered(explorer) and "connect" not in offered(explorer)
        assert "Nothing has been called yet" in press(explorer, "start again")
        assert offered(explorer) == ["listen"]


@linux
def test_what_is_recorded_is_what_happens_here() -> None:
    for tour in Recorded()._tours[:3]:
        (again,) = record([[call for call, _ in tour]])
        for (call, then), (_, now) in zip(tour, again, strict=True):
            states = [
                [view[end].get("state") for end in ("client", "server")] for view in (then, now)
            ]
            assert states[0] == states[1], call


def test_the_same_view_gives_the_same_picture_of_the_same_height() -> None:
    views = [nothing(), *(view for tour in Recorded()._tours for _, view in tour)]
    heights = set()
    for view in views:
        shown = picture(view, "loopback")
        assert shown == picture(view, "loopback")
        heights.add(tuple(re.findall(r'viewBox="[^"]*"|height:[^;"]*', shown)))
        assert 'role="status"' in shown and 'role="img" aria-label="State diagram' in shown
    assert len(heights) == 1


def test_full_queues_are_told() -> None:
    tour = Recorded()._tours[-1]
    shown = words(picture(tour[-1][1], "recorded"))
    assert "it would have to wait" in shown
    assert len(re.findall(r"\d{4} bytes unread", shown)) >= 2
    assert len(re.findall(r"\d{4} bytes unacknowledged", shown)) >= 2


def test_an_error_is_shown_and_one_can_start_again() -> None:
    class Broken(Recorded):
        def do(self, call: str) -> Any:
            raise ValueError("out of order")

    with ConnectionExplorer(Broken()) as explorer:
        assert "This did not work. ValueError: out of order" in " ".join(
            press(explorer, "listen").split()
        )
        press(explorer, "start again")
        assert offered(explorer) == ["listen"]


@linux
def test_closing_leaves_no_socket_and_no_thread() -> None:
    def open_ones() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    before, threads = open_ones(), threading.active_count()
    for _ in range(3):
        explorer = ConnectionExplorer(Live())
        for call in OPEN:
            press(explorer, call)
        explorer.close()
        explorer.close()
    assert (open_ones(), threading.active_count()) == (before, threads)


def test_it_is_saved_in_words_alone() -> None:
    with ConnectionExplorer(Recorded()) as explorer:
        assert "a button for each socket call" in repr(explorer)
        assert explorer._repr_mimebundle_()["text/plain"] == repr(explorer)
