"""Pool: connections are kept, replaced when they have died, and nothing is done twice."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator

from netlab.exercises.web import reply, requests, serves
from netlab.referee.ends import both
from netlab.referee.gap import show
from netlab.referee.net import Net
from netlab.referee.scenario import BROKEN, END, RESET, Address, Call, Mark, Reaction, Scenario

LESSON = 33
NEEDS: tuple[str, ...] = ()
HERE: Address = ("127.0.0.1", 50033)
THERE: Address = ("127.0.0.1", 50034)
TWICE = 2  # times that a request may be heard, if it may be repeated
GONE = {
    END: "was closed by the server",
    RESET: "was reset by the server",
    BROKEN: "is broken: sending fails",
}


def scenarios(seed: str) -> Iterator[Scenario]:
    """About thirty; the bodies depend on the seed, what happens to connections does not."""
    rng = random.Random(f"Pool {seed}")

    def word(length: int) -> bytes:
        return "".join(rng.choices(string.ascii_lowercase, k=length)).encode()

    a, b, c = word(5), word(8), word(4)
    pages = {"/a": reply(a), "/b": reply(b), "/c": reply(c), "/empty": reply(b"")}
    bodies = {"/a": a, "/b": b, "/c": c, "/empty": b""}

    def get(path: str, method: str = "GET", address: Address = HERE, ends: str = "") -> Call:
        body = word(6) if method in ("POST", "PUT", "PATCH") else b""
        arguments = (address, method, path, body) if body else (address, method, path)
        text = f"pool.request({', '.join(map(repr, arguments))})"
        if ends == "fails":
            return Call(arguments, "request", raises="Exception", text=text)
        may = "Exception" if ends == "may fail" else ""
        return Call(arguments, "request", returns=bodies[path], may_raise=may, text=text)

    def play(
        behaviour: str,
        words: str,
        *calls: Call,
        servers: tuple[Reaction, ...] = (),
        after: Callable[[Net], str] | None = None,
    ) -> Scenario:
        new = Call(text="pool = Pool()")
        known = {HERE: servers or serves(pages), THERE: serves(pages, address=THERE)}
        checks = both(_bodies(calls), after) if after else _bodies(calls)
        return Scenario(behaviour, words, (new, *calls), servers=known, after=checks)

    def dies(then: Mark, lives: int = 1) -> Reaction:
        return serves(pages, lives, then, address=HERE)

    kept, servers, closed = (
        "a connection is kept",
        "a connection for each server",
        "close is heeded",
    )
    stale, once, half = "a stale connection", "again, and only once", "half a reply"
    never = "nothing is done twice"
    calls: tuple[Call, ...]
    two: tuple[Reaction, ...]
    yield play(kept, "One page.", get("/a"))
    words = "Three pages from one server, on one connection."
    yield play(kept, words, get("/a"), get("/b"), get("/c"), after=_made(1))
    words = "A page, an empty one, and again a page. The empty one says Content-Length: 0."
    yield play(kept, words, get("/a"), get("/empty"), get("/b"), after=_made(1))
    words = "A POST with a body, then a page."
    yield play(kept, words, get("/a", "POST"), get("/b"), after=_made(2))
    dribble = serves(pages, 1, END, lambda text: tuple(text[i : i + 1] for i in range(len(text))))
    words = "A page arrives one byte at a time, and the server closes."
    yield play(kept, words, get("/b"), servers=(dribble,))

    there = [get("/c", address=THERE), get("/b", address=THERE)]
    words = "Two servers, asked in turn: a connection with each, and each of them is kept."
    yield play(servers, words, get("/a"), there[0], get("/b"), there[1], after=_each_its_own)

    close = "Connection: close\r\n"
    for field in (close, close.lower()):
        last = serves(pages | {"/a": reply(a, fields=field)}, 1)
        words = f"The reply says {field.strip()}. A POST follows: it needs a new connection."
        calls = get("/a"), get("/b", "POST")
        check = both(_heard("POST", 1), _closed_first)
        yield play(closed, words, *calls, servers=(last, serves(pages)), after=check)

    last = serves(pages | {"/a": reply(a, fields=close)}, 2)
    words = "Two pages on one connection; the second reply says Connection: close. A POST follows."
    calls = get("/b"), get("/a"), get("/c", "POST")
    yield play(closed, words, *calls, servers=(last, serves(pages)), after=_heard("POST", 1))

    for then, what in GONE.items():
        words = f"A page. Its connection {what}, and a second page is wanted."
        two = dies(then), serves(pages)
        yield play(stale, words, get("/a"), get("/b"), servers=two, after=_closed_first)
    for method in ("PUT", "DELETE"):
        words = f"A page. Its connection was closed by the server, and a {method} follows."
        calls = get("/a"), get("/b", method)
        yield play(stale, words, *calls, servers=(dies(END), serves(pages)))
    words = "Each connection is closed by the server after one reply. Four pages are wanted."
    four = get("/a"), get("/b"), get("/c"), get("/a")
    yield play(stale, words, *four, servers=(dies(END),))

    gone = dies(END, 0)
    words = "The server closes every connection without a word."
    yield play(once, words, get("/a", ends="fails"), servers=(gone,), after=_heard("GET", TWICE))
    words = "A page; then its connection is closed, and so is every new one, without a word."
    calls = get("/a"), get("/b", ends="fails")
    yield play(once, words, *calls, servers=(dies(END), gone), after=_heard("/b", TWICE))
    words = "A new connection is closed without a word after a GET. Nothing was idle: no retry."
    calls = (get("/a", ends="fails"),)
    yield play(once, words, *calls, servers=(gone, serves(pages)), after=_heard("GET", 1))

    for then, what in GONE.items():
        words = f"A page. Its connection {what}, and a POST follows. Was it done? Nobody knows."
        calls = get("/a"), get("/b", "POST", ends="may fail")
        two = dies(then), serves(pages)
        yield play(never, words, *calls, servers=two, after=_heard("POST", 1))
    words = "A page. Its connection was closed by the server. Two POSTs follow; the second works."
    calls = get("/a"), get("/b", "POST", ends="may fail"), get("/c", "POST")
    two = dies(END), serves(pages)
    yield play(never, words, *calls, servers=two, after=_heard("/b", 1))
    words = "A new connection is closed without a word after a POST."
    calls = (get("/a", "POST", ends="may fail"),)
    yield play(never, words, *calls, servers=(gone, serves(pages)), after=_heard("POST", 1))
    words = "A page. Its connection was closed by the server, and a PATCH follows."
    calls = get("/a"), get("/b", "PATCH", ends="may fail")
    two = dies(END), serves(pages)
    yield play(never, words, *calls, servers=two, after=_heard("PATCH", 1))
    words = "Half of the reply to a POST arrives, then the stream ends."
    broken = serves(pages, 1, END, lambda text: (text[:-4],))
    calls = (get("/b", "POST", ends="fails"),)
    yield play(never, words, *calls, servers=(broken, serves(pages)), after=_heard("POST", 1))

    words = "The stream ends in the body of a page: 4 bytes of 8 have come."
    yield play(half, words, get("/b", ends="may fail"), servers=(broken, serves(pages)))
    words = "The stream ends in the first line of a reply."
    head = serves(pages, 1, END, lambda text: (text[:8],))
    yield play(half, words, get("/b", ends="may fail"), servers=(head, serves(pages)))


def _bodies(calls: tuple[Call, ...]) -> Callable[[Net], str]:
    """Each request carries the body that it was given, or none."""
    given = {call.args[1:3]: call.args[3] if len(call.args) > 3 else b"" for call in calls}

    def after(net: Net) -> str:
        for peer in net.connections:
            for request in requests(bytes(peer.received)):
                wanted = given.get((request.method, request.path), request.body)
                if request.body != wanted:
                    what = f"{request.method} {request.path}"
                    return f"expected {what} with {show(wanted)}\nsent     {show(request.body)}"
        return ""

    return after


def _made(count: int) -> Callable[[Net], str]:
    def after(net: Net) -> str:
        made = len(net.connections)
        few = "1 connection" if count == 1 else f"at most {count} connections"
        return "" if made <= count else f"expected {few}\nmade     {made}"

    return after


def _heard(what: str, count: int) -> Callable[[Net], str]:
    """A request of this method, or for this path, is heard so often at most, by all servers."""

    def after(net: Net) -> str:
        heard = [request for peer in net.connections for request in requests(bytes(peer.received))]
        times = sum(what in (request.method, request.path) for request in heard)
        limit = {1: "once", TWICE: "twice"}[count]
        if times <= count:
            return ""
        return f"expected {what} to be sent {limit}, at most\nsent     {times} times"

    return after


def _each_its_own(net: Net) -> str:
    made = [peer.address for peer in net.connections]
    if sorted(made) == [HERE, THERE]:
        return ""
    ports = ", ".join(str(port) for _, port in made)
    return f"expected 1 connection with each server\nmade     {len(made)}, with ports {ports}"


def _closed_first(net: Net) -> str:
    if net.connections[0].closed:
        return ""
    return "expected the first connection to be closed\nclose() was never called"
