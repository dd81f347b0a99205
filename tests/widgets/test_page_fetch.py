"""Four ways to fetch a page: what each opens, when each asks, and that it can be given up."""

from __future__ import annotations

import socket
from collections.abc import Callable
from itertools import pairwise

import pytest

from netlab import Reply, WebServer
from netlab.widgets.page_fetch import PATHS, WAYS, Load, Overtaken, Wish, fetch_page, in_theory


def over(server: WebServer) -> Callable[[], socket.socket]:
    return lambda: socket.create_connection(server.address, timeout=5)


def load(way: str, objects: int = 8) -> tuple[Load, int]:
    """The page over loopback, and how many connections the server saw."""
    with WebServer({path: path * 30 for path in PATHS}) as server:
        page = fetch_page(Wish(0, objects, way), over(server), lambda: False)
        return page, sum(record.event == "connected" for record in server.log)


@pytest.mark.parametrize(("way", "connections"), list(zip(WAYS, (8, 1, 8, 1), strict=True)))
def test_every_object_has_a_bar_whose_times_are_in_order(way: str, connections: int) -> None:
    page, opened = load(way)
    assert len(page.bars) == 8 and opened == connections
    assert all(0 <= b.turn <= b.connected < b.first <= b.last <= page.total for b in page.bars)
    connects = [bar.connected > bar.turn for bar in page.bars]
    assert connects == [True] + [connections == 8] * 7


def test_one_after_the_other_or_side_by_side() -> None:
    for way in ("a connection each", "keep-alive"):
        bars = load(way)[0].bars
        assert all(one.last <= two.turn for one, two in pairwise(bars)), way
    bars = load("six at once", 12)[0].bars
    assert all(bar.turn >= min(b.last for b in bars) for bar in bars[6:])
    assert len({bar.connected for bar in load("pipelined")[0].bars}) == 1


def test_theory() -> None:
    counts = {way: [in_theory(way, n) for n in (1, 6, 7, 12)] for way in WAYS}
    assert counts == {
        "a connection each": [2, 12, 14, 24],
        "keep-alive": [2, 7, 8, 13],
        "six at once": [2, 2, 4, 4],
        "pipelined": [2, 2, 2, 2],
    }


@pytest.mark.parametrize("way", WAYS)
def test_a_page_that_was_overtaken_is_given_up(way: str) -> None:
    asked: list[int] = []

    def overtaken() -> bool:
        asked.append(1)
        return len(asked) > 1

    with (
        WebServer({path: Reply(body="x", delay=0.05) for path in PATHS}) as server,
        pytest.raises(Overtaken),
    ):
        fetch_page(Wish(0, 8, way), over(server), overtaken)


def test_another_reply_than_the_page_is_an_error() -> None:
    with WebServer({}) as server, pytest.raises(ConnectionError, match=r"status 200.*404"):
        fetch_page(Wish(0, 1, "pipelined"), over(server), lambda: False)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)

        def hang_up() -> socket.socket:
            sock = socket.create_connection(listener.getsockname(), timeout=5)
            conn, _ = listener.accept()
            with conn:
                conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
                conn.shutdown(socket.SHUT_WR)
                sock.settimeout(5)
            return sock

        with pytest.raises(ConnectionError, match="expected a body of 9 bytes; came 4"):
            fetch_page(Wish(0, 1, "keep-alive"), hang_up, lambda: False)
