"""chat_loop(listener): whole lines to all others; the slow and the vanished harm nobody."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from typing import Any

from netlab.exercises.echo_loop.scenarios import FIFTY, FREE, ORDERS, told
from netlab.referee.crowd import Crowd
from netlab.referee.scenario import END, LISTENER, RESET, Call, Moment, Scenario

LESSON = 25
NEEDS: tuple[str, ...] = ()


def scenarios(seed: str) -> Iterator[Scenario]:
    """About thirty scenarios; the letters depend on the seed, what comes when does not."""
    rng = random.Random(f"chat_loop {seed}")
    count = iter(range(1, 1000))

    def line(length: int = 4) -> bytes:
        """No two are the same, so that everybody's can be followed."""
        return b"%d %s\n" % (
            next(count),
            "".join(rng.choices(string.ascii_lowercase, k=length)).encode(),
        )

    def chats(behaviour: str, words: str, *moments: Moment, **more: Any) -> Scenario:
        calls = (Call((LISTENER,), idles=True),)
        return Scenario(behaviour, words, calls, moments=moments, after=all_heard, **more)

    def join(*who: int) -> Moment:
        return tuple((one, b"") for one in who)

    others, whole, many = "a line goes to all others", "whole lines", "many members"
    slow, left, gone = "slow members", "members who leave", "vanished members"
    interest = "write interest"
    yield chats(others, "Two members. The first says a line.", join(1, 2), ((1, line()),))
    words = "Three members. The second says a line, then the third."
    yield chats(others, words, join(1, 2, 3), ((2, line()),), ((3, line()),))
    yield chats(
        others,
        "Two members. The first says two lines at once.",
        join(1, 2),
        ((1, line() + line()),),
    )
    yield chats(
        others,
        "A member is alone and says a line. Then another joins.",
        join(1),
        ((1, line()),),
        join(2),
    )
    yield chats(others, "Two members. The first says an empty line.", join(1, 2), ((1, b"\n"),))
    yield chats(
        others,
        "Two members. The first says a line of 9000 letters.",
        join(1, 2),
        ((1, line(9000)),),
    )
    yield chats(interest, "Three members say nothing.", join(1, 2, 3))

    said, other = line(6), line()
    pieces = tuple(((1, part),) for part in (said[:3], said[3:6], said[6:]))
    yield chats(whole, "A line comes in three pieces.", join(1, 2), *pieces)
    words = "Between two pieces of a line, another member says one."
    yield chats(whole, words, join(1, 2, 3), ((1, said[:4]),), ((2, other),), ((1, said[4:]),))
    both = line() + line()
    words = "A line and a half come, and the other half later."
    yield chats(whole, words, join(1, 2), ((1, both[:-3]),), ((1, both[-3:]),))
    degree = "21 °C\n".encode()
    yield chats(
        whole,
        "A line is cut inside the degree sign.",
        join(1, 2),
        ((1, degree[:4]),),
        ((1, degree[4:]),),
    )
    yield chats(whole, "A line has no end yet.", join(1, 2), ((1, said[:-1]),))

    for order in ORDERS:
        words = f"50 members, five speak at once; named in {order} order."
        speak: Moment = tuple((who, line()) for who in (3, 11, 25, 40, 50))
        yield chats(many, words, join(*FIFTY), speak, order=order)

    for takes in ((1,), (2, 3)):
        words = f"Two members. Sends take {' + '.join(map(str, takes))} of the bytes at first."
        yield chats(slow, words, join(1, 2), ((1, line()),), accepts=takes)
    words = (
        "Three members. The second has room for 5 bytes and reads nothing. The first says 3 lines."
    )
    talk = tuple(((1, line(8)),) for _ in range(3))
    yield chats(slow, words, (*join(1, 2, 3), (2, 5)), *talk)
    words = "The same, and later the second reads on."
    yield chats(slow, words, (*join(1, 2, 3), (2, 5)), *talk, ((2, FREE),), ((3, line()),))
    words = "The slow member, who has no room at all, says a line."
    yield chats(slow, words, (*join(1, 2, 3), (2, 0)), ((1, line()),), ((2, line()),))
    for order in ORDERS:
        words = f"Ten of 50 members read nothing, three others speak; in {order} order."
        full: Moment = tuple((who, 3) for who in FIFTY if who % 5 == 0)
        talk = tuple(((who, line()),) for who in (1, 2, 49))
        yield chats(slow, words, (*join(*FIFTY), *full), *talk, order=order)

    yield chats(
        left, "A member leaves. Another speaks.", join(1, 2, 3), ((1, END),), ((2, line()),)
    )
    words = "A member leaves half a line behind. Another speaks."
    yield chats(left, words, join(1, 2, 3), ((1, said[:-1]),), ((1, END),), ((2, line()),))
    words = "A member speaks and leaves at once."
    yield chats(left, words, join(1, 2), ((1, line()), (1, END)))
    words = "A member for whom 9 bytes wait leaves. Another speaks."
    yield chats(
        left, words, (*join(1, 2), (2, 0)), ((1, line(6)),), ((2, END),), join(3), ((1, line()),)
    )

    yield chats(
        gone, "A member is reset. Another speaks.", join(1, 2, 3), ((1, RESET),), ((2, line()),)
    )
    words = "A member is reset while bytes wait for it. Another speaks."
    yield chats(
        gone, words, (*join(1, 2, 3), (2, 2)), ((1, line()),), ((2, RESET),), ((3, line()),)
    )
    for order in ORDERS:
        words = f"A member speaks as ten of 50 are reset; named in {order} order."
        speak = tuple((who, RESET) for who in FIFTY if who % 5 == 2)
        yield chats(gone, words, join(*FIFTY), (*speak, (25, line())), ((26, line()),), order=order)


def all_heard(net: Crowd) -> str:
    """Each member has the whole lines of the others, as far as it had room; the gone are closed."""
    if net.over != "idle":  # it ended before all had happened
        return ""
    ends = told(net)
    heard, joined = _heard(net), set(net.guests)
    for who in sorted(joined):
        guest, (_, room, mark) = net.guests[who], ends[who]
        if mark is not None:
            if not guest.closed:
                how = "was reset" if mark is RESET else "has left"
                return f"expected member {who} to be closed: it {how}\nclose() was never called"
            continue
        if guest.closed:
            return f"expected member {who} to stay\nits connection was closed"
        if complaint := _compare(who, heard[who], bytes(guest.received), room):
            return complaint
    return "" if not net.listener_closed else "expected the listener to stay open\nit was closed"


def _heard(net: Crowd) -> dict[int, list[list[bytes]]]:
    """For each member what each moment brings it: lines in any order within a moment."""
    rest: dict[int, bytes] = {}
    heard: dict[int, list[list[bytes]]] = {}
    for moment in net.scenario.moments:
        lines: list[tuple[int, bytes]] = []
        for who, what in moment:
            heard.setdefault(who, [])
            if isinstance(what, bytes):
                *ended, rest[who] = (rest.get(who, b"") + what).split(b"\n")
                lines += [(who, line + b"\n") for line in ended]
        for who, groups in heard.items():
            groups.append([line for other, line in lines if other != who])
    return heard


def _compare(who: int, groups: list[list[bytes]], came: bytes, room: int) -> str:
    at = 0
    for group in groups:
        wanted = sorted(group)
        size = sum(map(len, wanted))
        part = came[at : at + size]
        known = min(size, max(0, room - at))
        right = sorted(part.splitlines(keepends=True)) == wanted
        if not right and not (len(part) == known and known < size and _begins(part, group)):
            text = b"".join(group)[:known]
            return f"expected member {who} to hear {_show(text)}\ncame {_show(part)}"
        at += size
    if came[at:]:
        return f"expected member {who} to hear nothing more\ncame {_show(came[at:])}"
    return ""


def _begins(part: bytes, group: list[bytes]) -> bool:
    """The room ended within these lines: with one speaker, they begin so."""
    return b"".join(group).startswith(part)


def _show(data: bytes) -> str:
    text = repr(data) if data else "nothing"
    return text if len(text) < 60 else f"{text[:48]} ... {text[-7:]}"
