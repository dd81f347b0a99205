"""parse_head(data): a request's head, as RFC 9112 writes it, in four parts."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from typing import Any

from netlab.referee.scenario import Call, Scenario

LESSON = 31
NEEDS: tuple[str, ...] = ()


def scenarios(seed: str) -> Iterator[Scenario]:
    """About sixty scenarios; the seed changes the letters of values."""
    rng = random.Random(f"parse_head {seed}")

    def word(length: int = 5) -> str:
        return "".join(rng.choices(string.ascii_lowercase, k=length))

    def head(*lines: str, end: str = "\r\n") -> bytes:
        return end.join([*lines, "", ""]).encode("latin-1")

    def is_right(
        behaviour: str, words: str, data: bytes, *wanted: Any, or_refused: bool = False
    ) -> Scenario:
        may = "ValueError" if or_refused else ""
        return Scenario(behaviour, words, (Call((data,), returns=wanted, may_raise=may),))

    def refused(behaviour: str, words: str, data: bytes) -> Scenario:
        return Scenario(behaviour, words, (Call((data,), raises="ValueError"),))

    def field(
        behaviour: str, words: str, *lines: str, or_refused: bool = False, **wanted: str
    ) -> Scenario:
        """GET / with Host and these field lines; wanted has _ for - in its names."""
        fields = {"host": "a"} | {k.replace("_", "-"): v for k, v in wanted.items()}
        data = head("GET / HTTP/1.1", "Host: a", *lines)
        return is_right(
            behaviour, words, data, "GET", "/", "HTTP/1.1", fields, or_refused=or_refused
        )

    line, names, space = "the request line", "names and values", "white space"
    twice, bytes_, ends = "fields that come twice", "bytes that are not ASCII", "line ends"
    bad_line, bad_fields, hosts = "a broken request line", "broken fields", "the field Host"

    def first(words: str, method: str, target: str, version: str = "HTTP/1.1") -> Scenario:
        data = head(f"{method} {target} {version}", "Host: a")
        return is_right(line, words, data, method, target, version, {"host": "a"})

    yield first("A request of the lesson.", "GET", "/")
    yield first("A PUT.", "PUT", "/lamp")
    yield first("The method keeps its letters: get is not GET.", "get", "/")
    yield first("A method may hold a hyphen.", "M-SEARCH", "*")
    yield first("The target stays as it is written.", "GET", f"/{word()}%20B?x=1&y=2:3")
    yield first("A version that is not spoken here, but well written.", "GET", "/", "HTTP/3.0")
    data = head("GET / HTTP/1.0")
    yield is_right(line, "HTTP/1.0, without any field.", data, "GET", "/", "HTTP/1.0", {})

    data = head("GET / HTTP/1.1", "Host: 127.0.0.1:8000")
    wanted: tuple[Any, ...] = ("GET", "/", "HTTP/1.1", {"host": "127.0.0.1:8000"})
    yield is_right(names, "A value with a colon in it.", data, *wanted)
    value = f"http://{word()}:80/{word()}"
    yield field(names, "A value with two colons in it.", f"Referer: {value}", referer=value)
    value = f"{word()}: {word()}"
    yield field(names, "A value with a colon and a space.", f"X-Lamp: {value}", x_lamp=value)
    yield field(names, "A name in odd letters.", "x-LAMP: on", x_lamp="on")
    yield field(names, "A value keeps its letters.", "X-Lamp: On OFF", x_lamp="On OFF")
    yield field(names, "An empty value.", "X-Lamp:", x_lamp="")
    odd = "!#$%&'*+-.^_`|~9"
    data = head("GET / HTTP/1.0", f"{odd}: on")
    words = "A name of all the signs that a name may hold."
    yield is_right(names, words, data, "GET", "/", "HTTP/1.0", {odd: "on"})
    value = word(300)
    yield field(names, "A value of 300 letters.", f"X-Lamp: {value}", x_lamp=value)

    yield field(space, "No space after the colon.", "X-Lamp:on", x_lamp="on")
    yield field(space, "Spaces around a value.", "X-Lamp:   on  ", x_lamp="on")
    yield field(space, "Tabs around a value.", "X-Lamp:\ton\t ", x_lamp="on")
    yield field(
        space, "Spaces and a tab inside a value.", "X-Lamp: on  \t off", x_lamp="on  \t off"
    )
    yield field(space, "Nothing but spaces.", "X-Lamp:   ", x_lamp="")

    a, b, c = word(), word(), word()
    yield field(twice, "A field comes twice.", f"X-Lamp: {a}", f"X-Lamp: {b}", x_lamp=f"{a}, {b}")
    words = "A field comes three times, in other letters and with another in between."
    lines = (f"x-lamp: {a}", f"X-LAMP: {b}", "X-Other: 1", f"X-Lamp: {c}")
    yield field(twice, words, *lines, x_lamp=f"{a}, {b}, {c}", x_other="1")
    words = "A field comes twice, empty the first time."
    yield field(twice, words, "X-Lamp:", f"X-Lamp: {a}", x_lamp=f", {a}")

    yield field(bytes_, "The byte e9 in a value.", "X-Lamp: caf\xe9", x_lamp="caf\xe9")
    utf8 = "voilà".encode().decode("latin-1")
    yield field(bytes_, "'voilà' in UTF-8: its last byte is a0.", f"X-Lamp: {utf8}", x_lamp=utf8)
    value = "on\x85off"
    yield field(bytes_, "The byte 85 inside a value.", f"X-Lamp: {value}", x_lamp=value)

    words = "Every line ends with \\n alone. That may be taken for a line end, or refused."
    data = head("GET / HTTP/1.1", "Host: a", "X-Lamp: on", end="\n")
    wanted = ("GET", "/", "HTTP/1.1", {"host": "a", "x-lamp": "on"})
    yield is_right(ends, words, data, *wanted, or_refused=True)
    words = "One line ends with \\n alone. It ends there, or all is refused."
    both = {"x_lamp": "on", "x_other": "1"}
    yield field(ends, words, "X-Lamp: on\nX-Other: 1", or_refused=True, **both)
    words = "A value holds \\r alone. It is refused, or taken for a space."
    yield field(ends, words, "X-Lamp: on\rX-Other: 1", or_refused=True, x_lamp="on X-Other: 1")
    words = "A value holds a zero byte. It is refused, or taken for a space."
    yield field(ends, words, "X-Lamp: on\0off", or_refused=True, x_lamp="on off")
    whole = head("GET / HTTP/1.1", "Host: a")
    yield refused(ends, "The empty line is missing.", whole[:-2])
    yield refused(ends, "The empty line is cut in the middle.", whole[:-1])
    yield refused(ends, "It breaks off behind the last field.", whole[:-4])

    host = "Host: a"
    for words, text in (
        ("Two words: no version.", "GET /"),
        ("Four words: the target holds a space.", "GET /a b HTTP/1.1"),
        ("No word at all.", ""),
        ("The version in small letters.", "GET / http/1.1"),
        ("A version without its dot.", "GET / HTTP/11"),
        ("A version with two digits.", "GET / HTTP/1.10"),
        ("A space before the method.", " GET / HTTP/1.1"),
        ("A method that begins with the byte a9, as in the lesson.", "\xa9GET / HTTP/1.1"),
        ("A method with a bracket in it.", "GE(T / HTTP/1.1"),
    ):
        yield refused(bad_line, words, head(text, host))
    for words, text in (
        ("A space before the colon.", "X-Lamp : on"),
        ("A tab before the colon.", "X-Lamp\t: on"),
        ("A line without a colon.", "X-Lamp"),
        ("A field without a name.", ": on"),
        ("A name with a space in it.", "X Lamp: on"),
        ("A name with a bracket in it.", "X(Lamp): on"),
        ("A name with the byte e9 in it.", "X-Lamp\xe9: on"),
    ):
        yield refused(bad_fields, words, head("GET / HTTP/1.1", host, text))
    words = "The first field begins with a space."
    yield refused(bad_fields, words, head("GET / HTTP/1.1", f" {host}", host))
    words = "A value goes on in the next line, which begins with a space: refused, or one value."
    yield field(bad_fields, words, "X-Lamp: on", " and off", or_refused=True, x_lamp="on and off")

    yield refused(hosts, "HTTP/1.1 without Host.", head("GET / HTTP/1.1", "X-Lamp: on"))
    yield refused(hosts, "Two different Hosts.", head("GET / HTTP/1.1", host, "Host: b"))
    yield refused(
        hosts,
        "The same Host twice, in other letters.",
        head("GET / HTTP/1.1", host, "hOST: a"),
    )
    data = head("GET / HTTP/1.0", "X-Lamp: on")
    words = "HTTP/1.0 needs no Host."
    yield is_right(hosts, words, data, "GET", "/", "HTTP/1.0", {"x-lamp": "on"})
