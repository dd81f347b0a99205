"""pipelined(address, paths): all requests in one write, and the bodies in order."""

from __future__ import annotations

import itertools
import random
import string
from collections.abc import Iterator

from netlab.exercises.web import Cut, reply, requests, serves, waits
from netlab.referee.ends import closed
from netlab.referee.net import Net
from netlab.referee.scenario import RESET, Call, Scenario, Sends

LESSON = 33
NEEDS: tuple[str, ...] = ()
ADDRESS = ("127.0.0.1", 50033)


def scenarios(seed: str) -> Iterator[Scenario]:
    """About thirty; the bodies depend on the seed, the cuts do not."""
    rng = random.Random(f"pipelined {seed}")

    def word(length: int) -> bytes:
        return "".join(rng.choices(string.ascii_lowercase, k=length)).encode()

    def play(behaviour: str, words: str, bodies: list[bytes], cut: Cut = whole) -> Scenario:
        pages = {f"/{n}": reply(body) for n, body in enumerate(bodies)}
        servers = {ADDRESS: waits(pages, len(bodies), cut, ADDRESS)}
        return Scenario(behaviour, words, ask([*pages], bodies), servers=servers)

    def ask(paths: list[str], bodies: list[bytes]) -> tuple[Call, ...]:
        return (Call((ADDRESS, paths), returns=bodies),)

    plain, pieces, bytes_ = "bodies in order", "replies in pieces", "bodies of any bytes"
    write, end, close = "one write", "the end of the stream", "the connection is closed"
    yield play(plain, "One page. It arrives in one piece.", [word(5)])
    words = "Three pages. The server answers when it has all three questions."
    yield play(plain, words, [word(5), word(7), word(4)])
    yield play(plain, "Eight pages, all replies in one piece.", [word(4) for _ in range(8)])
    words = "Three pages; the second one is empty: Content-Length is 0."
    yield play(plain, words, [word(5), b"", word(4)])
    bodies = [word(3) for _ in range(3)]
    pages = {f"/{n}": reply(body) for n, body in enumerate(bodies)}
    words = "Three pages, and a server that answers each question at once. One connection will do."
    calls, servers = ask([*pages], bodies), {ADDRESS: serves(pages, address=ADDRESS)}
    yield Scenario(plain, words, calls, servers=servers, after=_one_connection)
    body, other = word(5), word(6)
    pages = {"/a": reply(body), "/b": reply(other)}
    servers = {ADDRESS: waits(pages, 3, whole, ADDRESS)}
    words = "The same page is asked for twice, and another one between."
    yield Scenario(plain, words, ask(["/a", "/b", "/a"], [body, other, body]), servers=servers)
    pages = {"/a": reply(body).replace(b"Content-L", b"content-l"), "/b": reply(other)}
    words = "The server writes content-length in small letters."
    servers = {ADDRESS: waits(pages, 2, whole, ADDRESS)}
    yield Scenario(plain, words, ask(["/a", "/b"], [body, other]), servers=servers)

    length = len(reply(b"abc"))
    for at in (1, 12, length - 7, length - 6, length - 5, length - 4, length - 2, length):
        words = f"Two replies of {length} bytes, cut after byte {at}."
        yield play(pieces, words, [word(3), word(3)], at_bytes(at))
    words = f"Two replies of {length} bytes arrive as {length} + 10 + {length - 10}."
    yield play(pieces, words, [word(3), word(3)], at_bytes(length, length + 10))
    for size in (1, 7):
        words = f"Three replies arrive {size} byte{'s' * (size > 1)} at a time."
        yield play(pieces, words, [word(3), word(9), word(2)], at_a_time(size))
    words = "Two bodies of 200 bytes arrive 90 bytes at a time."
    yield play(pieces, words, [word(200), word(200)], at_a_time(90))

    bodies = [b"one\r\n\r\ntwo", word(4)]
    yield play(bytes_, "There is an empty line inside a body.", bodies)
    yield play(bytes_, "A body looks like a reply.", [reply(b"no"), word(4)])
    yield play(bytes_, "A body holds every byte there is.", [bytes(range(256)), word(4)])
    text = "21 °C".encode()
    yield play(bytes_, "A body is the text '21 °C'.", [text, word(4)], at_bytes(length - 3 + 4))

    bodies = [word(3) for _ in range(4)]
    pages = {f"/{n}": reply(body) for n, body in enumerate(bodies)}
    servers = {ADDRESS: waits(pages, 4, whole, ADDRESS)}
    words = "Four questions leave in one write: each small write may cost a wait."
    yield Scenario(write, words, ask([*pages], bodies), servers=servers, after=_one_write)

    two = {f"/{n}": reply(word(3)) for n in range(2)}
    error = (Call((ADDRESS, [*two]), raises="EOFError"),)
    for count in (length, length + 9, 2 * length - 1):
        words = f"The stream ends after {count} of {2 * length} bytes of replies."
        servers = {ADDRESS: waits(two, 2, first_bytes(count), ADDRESS, ends=True)}
        yield Scenario(end, words, error, servers=servers)
    servers = {ADDRESS: waits(two, 2, lambda data: (data[:length], RESET), ADDRESS)}
    reset = (Call((ADDRESS, [*two]), raises="ConnectionResetError"),)
    yield Scenario(
        end, "The connection is reset after the first of two replies.", reset, servers=servers
    )
    bodies = [word(3), word(3)]
    pages = {f"/{n}": reply(body) for n, body in enumerate(bodies)}
    servers = {ADDRESS: waits(pages, 2, whole, ADDRESS)}
    words = "Two replies, and the server keeps the connection open. It is for you to close it."
    yield Scenario(close, words, ask([*pages], bodies), servers=servers, after=closed)


def whole(data: bytes) -> Sends:
    return (data,)


def at_bytes(*spots: int) -> Cut:
    """Cuts after so many bytes."""

    def cut(data: bytes) -> Sends:
        edges = [0, *spots, len(data)]
        return tuple(data[a:b] for a, b in itertools.pairwise(edges) if a < b)

    return cut


def at_a_time(size: int) -> Cut:
    return lambda data: tuple(data[at : at + size] for at in range(0, len(data), size))


def first_bytes(count: int) -> Cut:
    return lambda data: (data[:count],)


def _one_connection(net: Net) -> str:
    count = len(net.connections)
    return "" if count == 1 else f"expected 1 connection\nmade     {count}"


def _one_write(net: Net) -> str:
    if len(net.heard) == 1:
        return ""
    first = len(requests(net.heard[0][1])) if net.heard else 0
    sent = f"sent     {len(net.heard)} writes; whole questions in the first: {first}"
    return f"expected all 4 questions in one write\n{sent}"
