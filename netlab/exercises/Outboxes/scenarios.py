"""Outboxes(limit): what waits for the members of a chat, with a limit and a rule for it."""

from __future__ import annotations

import random
import string
from collections.abc import Iterable, Iterator

from netlab.exercises.echo_loop.scenarios import FIFTY, ORDERS
from netlab.referee.scenario import Call, Scenario

LESSON = 25
NEEDS: tuple[str, ...] = ()


def scenarios(seed: str) -> Iterator[Scenario]:
    """About twenty-five scenarios; the letters depend on the seed, the sizes do not."""
    rng = random.Random(f"Outboxes {seed}")

    def word(length: int) -> bytes:
        return "".join(rng.choices(string.ascii_lowercase, k=length)).encode()

    def kept(behaviour: str, words: str, limit: int, *calls: Call) -> Scenario:
        return Scenario(behaviour, words, (Call((limit,)), *calls))

    waits, takes, drops = "what waits", "what was taken", "the slowest is dropped"
    reason, fits, many = "the reason", "the limit itself", "many members"
    a, b, c = word(5), word(3), word(8)
    calls: tuple[Call, ...]
    yield kept(waits, "One member, 5 bytes.", 100, add("ada"), put(a), get("ada", a))
    yield kept(waits, "Nothing was put.", 100, add("ada"), get("ada", b""))
    yield kept(waits, "5 bytes, and 3 more.", 100, add("ada"), put(a), put(b), get("ada", a + b))
    calls = (add("ada"), put(a), add("bob"), put(b), get("bob", b), get("ada", a + b))
    yield kept(waits, "Bob comes after the first 5 bytes.", 100, *calls)
    calls = (add("ada"), put(a), get("ada", a), get("ada", a))
    yield kept(waits, "get takes nothing away.", 100, *calls)

    calls = (add("ada"), put(a), took("ada", 2), get("ada", a[2:]))
    yield kept(takes, "2 of 5 bytes were taken.", 100, *calls)
    calls = (add("ada"), add("bob"), put(a), took("ada", 5), get("ada", b""), get("bob", a))
    yield kept(takes, "Ada took all, Bob nothing.", 100, *calls)
    calls = (add("ada"), put(a), took("ada", 5), put(c), get("ada", c))
    yield kept(takes, "What was taken makes room. The limit is 10.", 10, *calls)
    calls = (add("ada"), add("bob"), put(a), remove("ada"), put(b), get("bob", a + b))
    yield kept(takes, "Ada leaves, and her bytes with her. The limit is 12.", 12, *calls)

    two = (add("ada"), add("bob"), put(a))
    calls = (*two, took("ada", 4), put(b, "bob: 8 bytes behind"), get("ada", a[4:] + b))
    yield kept(drops, "Bob is the slowest. The limit is 10.", 10, *calls)
    calls = (*two, took("bob", 4), put(b, "ada: 8 bytes behind"), get("bob", a[4:] + b))
    yield kept(drops, "Ada is the slowest. The limit is 10.", 10, *calls)
    gone = Call(("bob",), "get", raises="KeyError", text='outboxes.get("bob")')
    calls = (*two, took("ada", 4), put(b, "bob: 8 bytes behind"), gone)
    yield kept(drops, "Who was dropped is not known any more. The limit is 10.", 10, *calls)
    calls = (*two, took("ada", 4), put(b, "bob: 8 bytes behind"), add("bob"), get("bob", b""))
    yield kept(drops, "Bob was dropped and comes back. The limit is 10.", 10, *calls)
    said = ("ada: 8 bytes behind", "bob: 8 bytes behind")
    calls = (*two, add("cleo"), put(b, *said), get("cleo", b))
    yield kept(drops, "Two must go before the rest fits. The limit is 10.", 10, *calls)
    calls = (*two, put(b, "ada: 8 bytes behind"), get("bob", a + b))
    yield kept(
        drops, "Two are equally slow: who was added first goes. The limit is 12.", 12, *calls
    )
    calls = (add("ada"), put(a), put(c, "ada: 13 bytes behind"), put(a))
    yield kept(drops, "Ada is alone, and more comes than fits. The limit is 10.", 10, *calls)

    calls = (add("ada"), add("bob"), put(a), put(b))
    yield kept(reason, "Nobody is dropped: no reasons.", 100, *calls)
    calls = (add("ada"), put(c), took("ada", 1), put(a, "ada: 12 bytes behind"))
    yield kept(reason, "It counts what waits, not what was put. The limit is 10.", 10, *calls)
    calls = (add("ada"), put("é".encode() * 6, "ada: 12 bytes behind"))
    yield kept(reason, "Bytes, not letters. The limit is 10.", 10, *calls)

    calls = (*two, get("ada", a), get("bob", a))
    yield kept(fits, "5 bytes wait for each of two. The limit is 10.", 10, *calls)
    calls = (*two, put(b"x", "ada: 6 bytes behind"), get("bob", a + b"x"))
    yield kept(fits, "One byte too many. The limit is 11.", 11, *calls)
    calls = (add("ada"), *(one for _ in range(20) for one in (put(b""),)), get("ada", b""))
    yield kept(fits, "20 times nothing. The limit is 10.", 10, *calls)

    for order in ORDERS:
        names = [f"guest{n}" for n in FIFTY]
        taking = _in_order(names[1:], order)
        slow = {names[6]: 3, names[32]: 3, names[40]: 1}
        joined = [add(name) for name in names]
        took_all = [took(name, slow.get(name, 10)) for name in taking]
        first = [*joined, put(word(10)), *took_all]
        # 10 wait for guest1, 9 for guest41, 7 for guest7 and guest33: 33, and 500 come
        more = put(word(10), "guest1: 20 bytes behind", "guest41: 19 bytes behind")
        words = f"50 members take 10 bytes, four are slow; in {order} order. The limit is 500."
        yield kept(many, words, 500, *first, more, get("guest7", None), get("guest50", None))


def _in_order(names: list[str], order: str) -> Iterable[str]:
    if order == "shuffled":
        return random.Random(order).sample(names, len(names))
    return names if order == "opening" else names[::-1]


def add(name: str) -> Call:
    return Call((name,), "add", text=f'outboxes.add("{name}")')


def remove(name: str) -> Call:
    return Call((name,), "remove", text=f'outboxes.remove("{name}")')


def put(data: bytes, *reasons: str) -> Call:
    """The result may be a list or a tuple."""
    return Call((data,), "put", looks=_Reasons(reasons), text=f"outboxes.put({data!r})")


def get(name: str, data: bytes | None) -> Call:
    return Call((name,), "get", looks=_Bytes(data), text=f'outboxes.get("{name}")')


def took(name: str, count: int) -> Call:
    return Call((name, count), "took", text=f'outboxes.took("{name}", {count})')


class _Reasons:
    def __init__(self, wanted: tuple[str, ...]) -> None:
        self.wanted = list(wanted)

    def __call__(self, came: object) -> str:
        if isinstance(came, list | tuple) and list(came) == self.wanted:
            return ""
        return f"expected the reasons {self.wanted!r}\nreturned {came!r}"


class _Bytes:
    def __init__(self, wanted: bytes | None) -> None:
        self.wanted = wanted

    def __call__(self, came: object) -> str:
        if not isinstance(came, bytes | bytearray):
            return f"expected bytes\nreturned {came!r}"
        if self.wanted is None or bytes(came) == self.wanted:
            return ""
        return f"expected {self.wanted!r}\nreturned {came!r}"
