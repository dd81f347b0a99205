"""echo_loop(listener): one thread, many clients, and no call but select may wait."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from typing import Any

from netlab.referee.crowd import Crowd
from netlab.referee.scenario import END, LISTENER, RESET, Call, Moment, Scenario

LESSON = 25
NEEDS: tuple[str, ...] = ()
FIFTY = range(1, 51)
ORDERS = ("opening", "reverse", "shuffled")
FREE = 1_000_000_000  # bytes of room: from now on the client reads


def scenarios(seed: str) -> Iterator[Scenario]:
    """About thirty scenarios; the letters depend on the seed, what comes when does not."""
    rng = random.Random(f"echo_loop {seed}")

    def word(length: int) -> bytes:
        return "".join(rng.choices(string.ascii_lowercase, k=length)).encode()

    def echoes(behaviour: str, words: str, *moments: Moment, **more: Any) -> Scenario:
        calls = (Call((LISTENER,), idles=True),)
        return Scenario(behaviour, words, calls, moments=moments, after=all_echoed, **more)

    whole, many, short = "every byte comes back", "many clients", "short writes"
    slow, interest, end = "nobody waits", "write interest", "the end of a stream"
    gone = "vanished clients"
    yield echoes(whole, "A client sends 5 bytes.", ((1, word(5)),))
    moments: tuple[Moment, ...] = (((1, b""),), ((1, word(5)),), ((1, word(3)),))
    yield echoes(whole, "A client connects, sends 5 bytes, and later 3.", *moments)
    yield echoes(whole, "A client sends 5000 bytes at once.", ((1, word(5000)),))
    words = "Two clients send 3 bytes each, in turn."
    yield echoes(whole, words, ((1, word(3)),), ((2, word(3)),), ((1, word(3)),))

    yield echoes(interest, "A client connects and says nothing.", ((1, b""),))
    words = "A client sends 5 bytes, and then nothing more."
    yield echoes(interest, words, ((1, b""),), ((1, word(5)),))

    words = "49 clients say nothing, one speaks."
    yield echoes(many, words, tuple((who, b"") for who in FIFTY), ((30, word(6)),))
    for order in ORDERS:
        words = f"50 clients speak at once; named in {order} order."
        yield echoes(many, words, tuple((who, word(4)) for who in FIFTY), order=order)

    for takes in ((1,), (2, 1), (5,)):
        words = f"A client sends 6 bytes; sends to it take {' + '.join(map(str, takes))} at first."
        yield echoes(short, words, ((1, word(6)),), accepts=takes)
    words = "A client has room for 3 of its 8 bytes, then for 2, then for all."
    yield echoes(short, words, ((1, 3), (1, word(8))), ((1, 2),), ((1, FREE),))
    words = "A client has no room when it sends 4 bytes, and 4 more. Later it has."
    yield echoes(short, words, ((1, 0), (1, word(4))), ((1, word(4)),), ((1, FREE),))

    words = "One client sends 9 bytes, has room for 4 and reads none. Another sends 5."
    yield echoes(slow, words, ((1, 4), (1, word(9))), ((2, word(5)),))
    words = "Three clients read nothing. 47 others speak; named in {} order."
    for order in ORDERS:
        stalled = tuple(((who, 2), (who, word(7))) for who in (1, 20, 50))
        opening = tuple((who, b"") for who in FIFTY)
        others = tuple((who, word(3)) for who in FIFTY if who not in (1, 20, 50))
        moments = (opening, tuple(one for both in stalled for one in both), others)
        yield echoes(slow, words.format(order), *moments, order=order)

    words = "A client sends 5 bytes and half-closes: it gets them all, then the end."
    yield echoes(end, words, ((1, word(5)),), ((1, END),))
    yield echoes(end, "A client connects and ends at once.", ((1, END),), ((2, word(3)),))
    words = "A client has room for 3 of its 8 bytes and half-closes. Later it reads on."
    yield echoes(end, words, ((1, 3), (1, word(8))), ((1, END),), ((1, FREE),), ((2, word(2)),))
    words = "A client half-closes while 5 of its bytes wait for room. Another speaks."
    yield echoes(end, words, ((1, 3), (1, word(8))), ((1, END),), ((2, word(4)),))

    words = "A client that said nothing is reset. Another speaks."
    yield echoes(gone, words, ((1, b""), (2, b"")), ((1, RESET),), ((2, word(4)),))
    words = "A client is reset while 5 of its bytes wait for room. Another speaks."
    yield echoes(gone, words, ((1, 3), (1, word(8))), ((1, RESET),), ((2, word(4)),))
    for order in ORDERS:
        words = f"Every third of 50 clients is reset as the others speak; in {order} order."
        opening = tuple((who, b"") for who in FIFTY)
        speak: Moment = tuple((who, word(3) if who % 3 else RESET) for who in FIFTY)
        yield echoes(gone, words, opening, speak, order=order)


def all_echoed(net: Crowd) -> str:
    """Each client has all that it sent, as far as it had room, and is closed if it has ended."""
    if net.over != "idle":  # it ended before all had happened
        return ""
    for who, (said, room, mark) in told(net).items():
        guest = net.guests[who]
        came = bytes(guest.received)
        if mark is not RESET and came != said[:room]:
            wanted = said[:room].decode()
            return f"expected {wanted!r} to come back to client {who}\ncame {came.decode()!r}"
        done = mark is RESET or (mark is END and len(said) <= room)
        if done and not guest.closed:
            how = "was reset" if mark is RESET else "has ended and has all its bytes"
            return f"expected client {who} to be closed: it {how}\nclose() was never called"
        if guest.closed and not done:
            return f"expected client {who} to stay open\nit was closed"
    return "" if not net.listener_closed else "expected the listener to stay open\nit was closed"


def told(net: Crowd) -> dict[int, tuple[bytes, int, Any]]:
    """Of each client: what it said, how much of the answer it had room for, how it ended."""
    found: dict[int, tuple[bytes, int, Any]] = {}
    rooms: dict[int, int] = {}
    for moment in net.scenario.moments:
        for who, what in moment:
            said, room, mark = found.get(who, (b"", FREE, None))
            if isinstance(what, bytes):
                said += what
            elif isinstance(what, int):
                rooms[who] = rooms.get(who, 0) + what
                room = rooms[who]
            else:
                mark = what
            found[who] = said, room, mark
    return found
