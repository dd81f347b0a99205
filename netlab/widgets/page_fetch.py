"""Four ways to fetch a page of small objects, and the clock beside each object."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

AT_ONCE = 6
MOST = 12  # objects
PATHS = [f"/part{number}" for number in range(MOST)]
Times = tuple[float, float]


class Overtaken(Exception):
    """Something newer was asked for: this page is not worth finishing."""


class Wish(NamedTuple):
    """What to measure: round trip (ms), number of objects, and the way to fetch them."""

    round_trip: int
    objects: int
    way: str


class Bar(NamedTuple):
    """One object, ms since the page began: its turn, its connection, first byte, last byte.

    On a connection that is there already, turn and connection are the same moment.
    """

    turn: float
    connected: float
    first: float
    last: float


@dataclass(frozen=True)
class Load:
    """A page that was fetched: what was wished, and a bar for each object."""

    wish: Wish
    bars: tuple[Bar, ...]

    @property
    def total(self) -> float:
        """Milliseconds from the first call of connect to the last byte."""
        return max(bar.last for bar in self.bars)


def fetch_page(
    wish: Wish, connect: Callable[[], socket.socket], overtaken: Callable[[], bool]
) -> Load:
    """Fetch wish.objects objects in that way, over sockets of connect().

    overtaken is asked before each request. Raises Overtaken, OSError, ConnectionError.
    """
    return Load(wish, tuple(_FETCH[wish.way](_Page(wish.objects, connect, overtaken))))


class _Page:
    """The clock and the requests of one page."""

    def __init__(
        self, objects: int, connect: Callable[[], socket.socket], overtaken: Callable[[], bool]
    ) -> None:
        self.numbers = range(objects)
        self._connect, self._overtaken = connect, overtaken
        self._began = time.perf_counter()

    def now(self) -> float:
        return (time.perf_counter() - self._began) * 1000

    @contextmanager
    def connection(self) -> Iterator[tuple[socket.socket, BinaryIO]]:
        """A new connection, and the file that its replies are read from."""
        self.stop_if_overtaken()
        with self._connect() as sock, sock.makefile("rb") as replies:
            yield sock, replies

    def ask(self, sock: socket.socket, *numbers: int) -> None:
        """Send the requests for these objects in one write."""
        self.stop_if_overtaken()
        host = sock.getpeername()[0]
        request = "GET {} HTTP/1.1\r\nHost: {}\r\n\r\n"
        sock.sendall("".join(request.format(PATHS[n], host) for n in numbers).encode())

    def read(self, replies: BinaryIO) -> Times:
        """Read one reply by its Content-Length (RFC 9112 section 6.2): first byte, last byte."""
        line = replies.readline(1000)
        first, length = self.now(), 0
        if not line.startswith(b"HTTP/1.1 200 "):
            raise ConnectionError(f"expected a reply with status 200; came {line!r}")
        while (line := replies.readline(1000)) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        came = len(replies.read(length))
        if came != length:
            raise ConnectionError(f"expected a body of {length} bytes; came {came}")
        return first, self.now()

    def stop_if_overtaken(self) -> None:
        if self._overtaken():
            raise Overtaken

    def alone(self, number: int) -> Bar:
        """One object on a connection of its own."""
        turn = self.now()
        with self.connection() as (sock, replies):
            connected = self.now()
            self.ask(sock, number)
            return Bar(turn, connected, *self.read(replies))


def _each(page: _Page) -> list[Bar]:
    return [page.alone(number) for number in page.numbers]


def _keep_alive(page: _Page) -> list[Bar]:
    bars: list[Bar] = []
    with page.connection() as (sock, replies):
        turn, connected = 0.0, page.now()
        for number in page.numbers:
            page.ask(sock, number)
            bars.append(Bar(turn, connected, *page.read(replies)))
            turn = connected = bars[-1].last
    return bars


def _six(page: _Page) -> list[Bar]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(page.alone, page.numbers))


def _pipelined(page: _Page) -> list[Bar]:
    with page.connection() as (sock, replies):
        connected = page.now()
        page.ask(sock, *page.numbers)
        return [
            Bar(0.0 if number == 0 else connected, connected, *page.read(replies))
            for number in page.numbers
        ]


# the lesson's names, in the order and so the colours of its chart "Four lines"
_FETCH: dict[str, Callable[[_Page], list[Bar]]] = {
    "a connection each": _each,
    "keep-alive": _keep_alive,
    "six at once": _six,
    "pipelined": _pipelined,
}
WAYS = list(_FETCH)
FORMULAS: dict[str, tuple[str, Callable[[int], int]]] = {
    "a connection each": ("2N", lambda n: 2 * n),
    "keep-alive": ("N + 1", lambda n: n + 1),
    "six at once": ("2 for each six", lambda n: 2 * -(-n // AT_ONCE)),
    "pipelined": ("2", lambda n: 2),
}


def in_theory(way: str, objects: int) -> int:
    """How many round trips the page should take."""
    return FORMULAS[way][1](objects)
