"""A scripted web server: what it sends for the requests that it has heard."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from netlab.referee.scenario import END, Address, Mark, Reaction, Sends

Cut = Callable[[bytes], Sends]
BODY_LIMIT = 100_000  # bytes
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE")


@dataclass(frozen=True)
class Request:
    """One complete request; `wrong` says in words why it is none."""

    method: str
    path: str
    host: str = ""
    body: bytes = b""
    closes: bool = False
    wrong: str = ""


def requests(heard: bytes) -> list[Request]:
    """The complete requests in a stream; nothing is read behind a wrong one."""
    found: list[Request] = []
    while heard and not (found and found[-1].wrong):
        head, blank, rest = heard.partition(b"\r\n\r\n")
        if not blank:
            if b"\n\n" in heard:
                found.append(Request("", "", wrong="lines end with \\r\\n"))
            return found
        request, length = _read(head.decode("latin-1"))
        if len(rest) < length:
            return found
        found.append(replace(request, body=rest[:length]))
        heard = rest[length:]
    return found


def _read(head: str) -> tuple[Request, int]:
    """A request, and the length of its body."""
    first, *lines = head.split("\r\n")
    match = re.fullmatch(r"([A-Z]+) (/\S*) HTTP/1\.([01])", first)
    if not match:
        return Request("", "", wrong=f"this is no request line: {first[:40]}"), 0
    fields = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or name != name.strip():
            return Request("", "", wrong=f"this is no field: {line[:40]}"), 0
        fields[name.lower()] = value.strip()
    close = match[3] == "0" or fields.get("connection", "").lower() == "close"
    host = fields.get("host", "")
    request, length = (
        Request(match[1], match[2], host, closes=close),
        fields.get("content-length", "0"),
    )
    if match[1] not in METHODS:
        request = replace(request, wrong=f"there is no method {match[1][:20]}")
    elif match[3] == "1" and not host:
        request = replace(request, wrong="there is no field Host")
    elif not length.isdecimal() or int(length) > BODY_LIMIT:
        request = replace(request, wrong=f"this is no length of a body: {length[:20]}")
    return request, 0 if request.wrong else int(length)


def reply(body: bytes, status: str = "200 OK", fields: str = "") -> bytes:
    """A reply with the length of its body; fields are whole lines."""
    return f"HTTP/1.1 {status}\r\n{fields}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _of(address: Address | None, heard: bytes) -> list[Request]:
    """The requests that a server at this address hears."""
    found = requests(heard)
    for number, request in enumerate(found):
        if address and request.host not in ("", address[0], f"{address[0]}:{address[1]}"):
            wrong = f"this is {address[0]}:{address[1]}, and not {request.host[:40]}"
            return [*found[:number], replace(request, wrong=request.wrong or wrong)]
    return found


def serves(
    pages: Mapping[str, bytes],
    lives: int = 1000,
    then: Mark = END,
    last: Cut = lambda text: (text,),
    address: Address | None = None,
) -> Reaction:
    """A server with these replies, by path. After `lives` of them the connection is gone: `then`
    says how. `last` cuts, or cuts short, the last one. With an address, Host has to name it."""

    def reaction(heard: bytes, ended: bool) -> Sends:
        asked = _of(address, heard)
        sends: list[bytes | Mark] = []
        for number, request in enumerate(asked[:lives], 1):
            text = _answer(request, pages)
            sends += last(text) if number == lives else (text,)
            if request.closes or request.wrong:
                return (*sends, END)
        return (*sends, then) if len(asked) >= lives else tuple(sends)

    return reaction


def waits(
    pages: Mapping[str, bytes], count: int, cut: Cut, address: Address, ends: bool = False
) -> Reaction:
    """A server that is silent until it has `count` requests; then all replies come, as `cut` cuts
    them, and with `ends` the end of the stream."""

    def reaction(heard: bytes, ended: bool) -> Sends:
        asked = _of(address, heard)
        wrong = [request for request in asked if request.wrong]
        if wrong:
            return (_answer(wrong[0], pages), END)
        if len(asked) < count:
            return ()
        sends = cut(b"".join(_answer(request, pages) for request in asked[:count]))
        closes = ends or any(request.closes for request in asked[:count])
        return (*sends, END) if closes else sends

    return reaction


def _answer(request: Request, pages: Mapping[str, bytes]) -> bytes:
    if request.wrong:
        return reply(request.wrong.encode(), "400 Bad Request", "Connection: close\r\n")
    not_found = reply(f"there is no page {request.path}".encode(), "404 Not Found")
    return pages.get(request.path, not_found)
