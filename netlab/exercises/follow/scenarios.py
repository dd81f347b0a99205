"""follow(url, method, body): a request, and where its reply sends us."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from typing import Any

from netlab.exercises.follow.site import FIRST, SECOND, Asked, Page, Site, serves, wants
from netlab.referee.scenario import Address, Call, Scenario

LESSON = 31
NEEDS: tuple[str, ...] = ()
URL = "http://127.0.0.1:8001"
OTHER = "http://127.0.0.1:8002"


def scenarios(seed: str) -> Iterator[Scenario]:
    """About forty scenarios; the seed changes the pages' words."""
    rng = random.Random(f"follow {seed}")

    def word(length: int = 5) -> str:
        return "".join(rng.choices(string.ascii_lowercase, k=length))

    def play(
        behaviour: str,
        words: str,
        call: tuple[Any, ...],
        site: Site,
        *ways: tuple[Asked, ...],
        returns: Any = None,
        raises: str = "",
        other: Site | None = None,
    ) -> Scenario:
        wanted = {"raises": raises} if raises else {"returns": returns}
        return Scenario(
            behaviour,
            words,
            (Call(call, **wanted),),
            servers={FIRST: serves(site), SECOND: serves(other or {})},
            after=wants(*ways),
        )

    def get(*targets: str, method: str = "GET", address: Address = FIRST) -> tuple[Asked, ...]:
        return tuple(Asked(address, method, target) for target in targets)

    plain, redirects, location = "no redirect", "redirects", "where Location leads"
    methods, limit = "the method", "the limit"
    kept, not_one = "one connection or many", "what is no redirect"

    page = word(20).encode()
    end = Page(body=page)
    done = (200, page)
    yield play(plain, "A page.", (f"{URL}/a",), {"/a": end}, get("/a"), returns=done)
    words = "A page whose target has a query."
    target = f"/a?{word()}=1&b=2"
    yield play(plain, words, (URL + target,), {target: end}, get(target), returns=done)
    words = "The reply to HEAD has no body."
    yield play(
        plain,
        words,
        (f"{URL}/a", "HEAD"),
        {"/a": end},
        get("/a", method="HEAD"),
        returns=(200, b""),
    )
    text = word(8).encode()
    post = Asked(FIRST, "POST", "/a", text)
    yield play(
        plain, "A POST with a body.", (f"{URL}/a", "POST", text), {"/a": end}, (post,), returns=done
    )

    for status in (301, 302, 303, 307, 308):
        site = {"/a": Page(status, "/b", b"moved"), "/b": end}
        words = f"A {status} leads to /b."
        yield play(redirects, words, (f"{URL}/a",), site, get("/a", "/b"), returns=done)
    site = {"/a": Page(301, "/b"), "/b": Page(302, "/c"), "/c": end}
    words = "A 301, and then a 302."
    yield play(redirects, words, (f"{URL}/a",), site, get("/a", "/b", "/c"), returns=done)
    site = {"/a": Page(302, "/b", b"moved")}
    words = "A 302 leads to a page that is not there."
    missing = (404, b"nothing here")
    yield play(redirects, words, (f"{URL}/a",), site, get("/a", "/b"), returns=missing)

    for start, where, there in (
        ("/a/b", "c", "/a/c"),
        ("/a/b", "../c", "/c"),
        ("/a/b?x=1", "?x=2", "/a/b?x=2"),
        ("/a", f"{URL}/c?x=1", "/c?x=1"),
        ("/a", "//127.0.0.1:8001/c", "/c"),
        ("/a", f"{URL}/c#part", "/c"),
    ):
        site = {start: Page(302, where), there: end}
        words = f"From {start}, Location: {where}"
        yield play(location, words, (URL + start,), site, get(start, there), returns=done)
    words = f"Location: {OTHER}/c, another server."
    both = (*get("/a"), *get("/c", address=SECOND))
    site = {"/a": Page(302, f"{OTHER}/c")}
    yield play(location, words, (f"{URL}/a",), site, both, returns=done, other={"/c": end})
    words = "From there, Location: d, which is on the other server."
    both = (*get("/a"), *get("/c", "/d", address=SECOND))
    pages = {"/c": Page(302, "d"), "/d": end}
    yield play(location, words, (f"{URL}/a",), site, both, returns=done, other=pages)

    for status in (301, 302, 303, 307, 308):
        site = {"/a": Page(status, "/b"), "/b": end}
        for method, data in (("HEAD", None), ("POST", text), ("PUT", text)):
            first = Asked(FIRST, method, "/a", data or b"")
            same, changed = Asked(FIRST, method, "/b", data or b""), Asked(FIRST, "GET", "/b")
            if method == "HEAD" or status in (307, 308):
                ways = [(first, same)]
            elif status == 303:
                ways = [(first, changed)]
            else:
                ways = [(first, same)] + [(first, changed)] * (method == "POST")
            returns = (200, b"") if method == "HEAD" else done
            call = (f"{URL}/a", method) if data is None else (f"{URL}/a", method, data)
            words = f"{method}, and a {status} leads to /b."
            yield play(methods, words, call, site, *ways, returns=returns)
    words = "POST, a 303, and then a 307: the method of the second request stays."
    site = {"/a": Page(303, "/b"), "/b": Page(307, "/c"), "/c": end}
    ways = [(post, *get("/b", "/c"))]
    yield play(methods, words, (f"{URL}/a", "POST", text), site, *ways, returns=done)

    row = {f"/{n}": Page(302, f"/{n + 1}") for n in range(7)}
    for count, words in ((4, "Four redirects"), (5, "Five redirects")):
        targets = [f"/{n}" for n in range(count + 1)]
        site = row | {f"/{count}": end}
        yield play(
            limit, f"{words}, and then a page.", (f"{URL}/0",), site, get(*targets), returns=done
        )
    words = "Six redirects, and then a page. The sixth is not followed."
    targets = [f"/{n}" for n in range(6)]
    site = row | {"/6": end}
    yield play(limit, words, (f"{URL}/0",), site, get(*targets), raises="ValueError")
    site = {"/a": Page(302, "/b"), "/b": Page(302, "/a")}
    words = "Two pages that lead to each other."
    circle = get("/a", "/b", "/a", "/b", "/a", "/b")
    yield play(limit, words, (f"{URL}/a",), site, circle, raises="ValueError")

    site = {"/a": Page(302, "/b", word(500).encode()), "/b": end}
    words = "The redirect has a body of 500 bytes, and the connection stays open."
    yield play(kept, words, (f"{URL}/a",), site, get("/a", "/b"), returns=done)
    site = {"/a": Page(302, "/b", b"moved", keep=False), "/b": Page(200, "", page, keep=False)}
    words = "The server closes the connection after each reply; no length is said."
    yield play(kept, words, (f"{URL}/a",), site, get("/a", "/b"), returns=done)

    for status in (300, 304, 302):
        site = {"/a": Page(status)}
        words = f"A {status} without Location. It is the last reply."
        yield play(not_one, words, (f"{URL}/a",), site, get("/a"), returns=(status, b""))
    for status in (201, 300):
        site = {"/a": Page(status, "/b", b"here"), "/b": end}
        words = f"A {status} with Location: no redirect, whatever it says."
        yield play(not_one, words, (f"{URL}/a",), site, get("/a"), returns=(status, b"here"))
