"""Requests that RFC 9112 and RFC 9110 make a server refuse, or let it: a table.

A case: section, bytes, outcomes allowed for the (first) reply. `CLOSE` is a close without a
reply. {400} stands for a MUST; several outcomes where the RFC leaves a choice.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Outcome = int | Literal["close"]
CLOSE: Outcome = "close"
H = b"Host: 127.0.0.1\r\n"
GET = b"GET / HTTP/1.1\r\n"
CLOSING = b"Connection: close\r\n\r\n"
PUT = b"PUT /echo HTTP/1.1\r\n" + H
BAD: set[Outcome] = {400, CLOSE}
OK_OR_BAD: set[Outcome] = {200, 400, CLOSE}


class Case(NamedTuple):
    section: str
    data: bytes
    allowed: set[Outcome]


def line(section: str, allowed: set[Outcome], *lines: bytes) -> list[Case]:
    """Request lines, each with a good Host after it."""
    return [Case(section, each + b"\r\n" + H + CLOSING, allowed) for each in lines]


def field(section: str, allowed: set[Outcome], *fields: bytes) -> list[Case]:
    """Field lines, each after a good request line and Host."""
    return [Case(section, GET + H + each + b"\r\n\r\n", allowed) for each in fields]


def host(section: str, allowed: set[Outcome], *heads: bytes) -> list[Case]:
    return [Case(section, GET + each + b"\r\n", allowed) for each in heads]


NEVER_IN_A_NAME = [bytes([c]) for c in range(33)] + [b"\x7f", b"\x80", b"\xff"]
SEPARATORS = [bytes([c]) for c in b'"(),/;<=>?@[\\]{}']

REQUEST_LINES = [
    # 3: method SP request-target SP HTTP-version
    *line("9112 3", BAD, b"GET", b"GET /", b"GET  / HTTP/1.1", b"GET /  HTTP/1.1", b"/ HTTP/1.1"),
    *line(
        "9112 3", BAD, b"GET\t/\tHTTP/1.1", b"GET / HTTP/1.1 ", b"GET / HTTP/1.1\t", b"\tGET / H"
    ),
    *line(
        "9112 3", BAD, b" GET / HTTP/1.1", b"GET /a b HTTP/1.1", b"GET / HTTP/1.1 x", b"HTTP/1.1"
    ),
    *line("9112 3", BAD, b"GET\x0b/ HTTP/1.1", b"GET\x0c/ HTTP/1.1", b"GET\xa0/ HTTP/1.1"),
    *line("9112 3", BAD, b"GET\r/ HTTP/1.1", b"GET /\rHTTP/1.1", b"GET / HTTP/1.1\r", b"\rGET / H"),
    *line("9112 3.1", BAD, *(b"G" + c + b"T / HTTP/1.1" for c in SEPARATORS)),
    *line("9112 3.1", BAD, b"GE\x00T / HTTP/1.1", b"G\xc3\x89T / HTTP/1.1", b"GET: / HTTP/1.1"),
    *line("9110 9.1", {501}, b"get / HTTP/1.1", b"Get / HTTP/1.1", b"BREW / HTTP/1.1"),
    *line("9110 9.1", {501}, b"PRI / HTTP/1.1", b"A" * 1000 + b" / HTTP/1.1"),
    *line("9112 3.2", BAD, b"GET foo HTTP/1.1", b"GET ?a HTTP/1.1", b"GET \\ HTTP/1.1"),
    *line("9112 3.2", BAD, b"GET /\x00 HTTP/1.1", b"GET /\x7f HTTP/1.1", b"GET /\xff HTTP/1.1"),
    *line("9112 3.2", BAD, b"GET /\x01 HTTP/1.1", b"GET /\x1b[2J HTTP/1.1", b"GET /\xe2\x82\xac H"),
    *line("9112 3.2.2", {400, 421}, b"GET http:// HTTP/1.1", b"GET http:/// HTTP/1.1"),
    *line("9112 3.2.2", {400, 421}, b"GET http://evil.example/ HTTP/1.1"),
    *line("9112 3.2.2", {400, 421}, b"GET http://evil@127.0.0.1/ HTTP/1.1"),
    *line("9112 3.2.2", {400, 421}, b"GET http://127.0.0.1@evil.example/ HTTP/1.1"),
    *line("9112 3.2.2", {400, 421}, b"GET https://127.0.0.1/ HTTP/1.1", b"GET ftp://x/ HTTP/1.1"),
    *line("9112 3.2.2", {400, 421}, b"GET http:127.0.0.1 HTTP/1.1", b"GET javascript:1 HTTP/1.1"),
    *line("9112 3.2.3", {400, 405, 501}, b"CONNECT 127.0.0.1:80 HTTP/1.1", b"CONNECT / HTTP/1.1"),
    *line("9112 3.2.3", BAD, b"GET 127.0.0.1:80 HTTP/1.1"),
    *line("9112 3.2.4", BAD, b"GET * HTTP/1.1", b"PUT * HTTP/1.1", b"OPTIONS ** HTTP/1.1"),
    *line("9112 2.3", BAD, b"GET / http/1.1", b"GET / Http/1.1", b"GET / HTTP/1", b"GET / HTTP/1."),
    *line(
        "9112 2.3", BAD, b"GET / HTTP/11", b"GET / HTTP/1.10", b"GET / HTTP/01.1", b"GET / HTTP/.1"
    ),
    *line(
        "9112 2.3", BAD, b"GET / HTTP/1.x", b"GET / HTTP/-1.1", b"GET / HTTP/+1.1", b"GET / HTTP"
    ),
    *line(
        "9112 2.3", BAD, b"GET / HTTP1.1", b"GET / HTTP 1.1", b"GET / HTTP/ 1.1", b"GET / HTTP/1 .1"
    ),
    *line(
        "9112 2.3", BAD, b"GET / XTTP/1.1", b"GET / HTTPS/1.1", b"GET / HTTP/1,1", b"GET / ICY/1.1"
    ),
    *line("9112 2.3", BAD, "GET / HTTP/1.１".encode(), b"GET / HTTP/\xb9.1", b"GET / HTTP/1.1\x00"),
    *line("9110 15.6.6", {505}, b"GET / HTTP/2.0", b"GET / HTTP/0.9", b"GET / HTTP/3.0"),
    *line("9110 15.6.6", {505}, b"GET / HTTP/9.9", b"GET / HTTP/0.0"),
    *line("9112 3", {414}, b"GET /" + b"a" * 20_000 + b" HTTP/1.1"),
    *line("9112 3", {414, CLOSE}, b"A" * 70_000),
    Case("9112 2.2", b"\r\n\r\n" + GET + H + b"\r\n", OK_OR_BAD),
    Case("9112 2.2", b"\n" + GET + H + b"\r\n", OK_OR_BAD),
    Case("9112 2.2", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64), BAD),
    Case("9112 2.2", b"\x00", BAD),
    Case("9112 2.2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 501, 505, CLOSE}),
]

FIELDS = [
    *field("9112 5", BAD, *(b"X" + c + b": 1" for c in NEVER_IN_A_NAME if c not in b"\n")),
    *field("9112 5", BAD, *(b"X" + c + b"Y: 1" for c in SEPARATORS)),
    *field("9112 5", BAD, b"X", b": 1", b"X 1", b"=1", b"\xc3\xa9: 1", b"X\x00: 1", b"X\nY"),
    # 5.1: no whitespace between name and colon: it MUST be 400
    *field("9112 5.1", {400}, b"X : 1", b"X\t: 1", b"Content-Length : 5", b"Content-Length\t: 5"),
    *field(
        "9112 5.1", {400}, b"Transfer-Encoding : chunked", b"Host : 127.0.0.1", b" X: 1 : 2\x00"
    ),
    # 2.2: whitespace before the first field; a bare CR
    Case("9112 2.2", GET + b" " + H + b"\r\n", BAD),
    Case("9112 2.2", GET + b"\t" + H + b"\r\n", BAD),
    Case("9112 2.2", GET + b" \r\n" + H + b"\r\n", BAD),
    *field("9112 2.2", BAD, b"X: 1\rY: 2", b"X: \r", b"X: 1\r\r", b"X\r: 1", b"\rX: 1"),
    *field("9112 2.2", BAD, b"X: 1\rTransfer-Encoding: chunked", b"X: 1\r Content-Length: 5"),
    # 5.2: a folded line is refused or becomes spaces
    *field("9112 5.2", OK_OR_BAD, b"X: 1\r\n 2", b"X: 1\r\n\t2", b"X:\r\n 1", b"X: 1\r\n \r\n 2"),
    *field("9112 5.2", BAD, b"Content-Length: 1\r\n 2"),
    *field("9112 5.2", {400, 501}, b"Transfer-Encoding:\r\n xchunked"),
    # 9110 5.5: NUL, CR, LF in a value
    *field("9110 5.5", BAD, b"X: \x00", b"X: a\x00b", b"X: a\x0bb", b"X: a\x0cb", b"\x00X: 1"),
    *field("9110 5.5", BAD, b"Host: 127.0.0.1\x00", b"Connection: close\x00"),
    *field(
        "9110 5.5", OK_OR_BAD, b"X: \x01", b"X: \x7f", b"X: \x80\xff", b"X:", b"X: ", b"X:\t1\t"
    ),
    # limits
    *field("6585 5", {431}, b"X: " + b"x" * 17_000, b"X: " + b"x" * 100_000),
    *field("6585 5", {431}, b"\r\n".join(b"X-%d: 1" % k for k in range(5000))),
]

HOSTS = [
    # 3.2: none, several, or an invalid one MUST be 400
    *host("9112 3.2", {400}, b"", b"X: 1\r\n", H + H, H + b"host: 127.0.0.1\r\n"),
    *host("9112 3.2", {400}, H + b"Host: evil.example\r\n", H + b"HOST:\r\n"),
    *host("9112 3.2", {400}, b"Host: 127.0.0.1 evil\r\n", b"Host: a b\r\n", b"Host: /\r\n"),
    *host("9112 3.2", {400}, b"Host: 127.0.0.1:x\r\n", b"Host: 127.0.0.1:80:80\r\n"),
    *host("9112 3.2", {400}, b"Host: 127.0.0.1:-1\r\n", b"Host: 127.0.0.1:+80\r\n"),
    *host("9112 3.2", {400}, b"Host: evil@127.0.0.1\r\n", b"Host: http://127.0.0.1/\r\n"),
    *host("9112 3.2", {400}, b"Host: [::1\r\n", b"Host: ::1\r\n", b"Host: [::1]x\r\n"),
    *host("9112 3.2", {400}, b"Host: 127.0.0.1:\xb2\r\n", b"Host: \xff\r\n", b"Host: a\tb\r\n"),
    *host("9112 3.2", {400}, b"Host: 127.0.0.1/x\r\n", b"Host: 127.0.0.1?\r\n", b"Host: <a>\r\n"),
    *host("9112 3.2", {400}, b"Host: 127.0.0.1#\r\n", b'Host: "127.0.0.1"\r\n', b"Host: a\\b\r\n"),
    *host("9110 7.2", {400, 421}, b"Host:\r\n", b"Host: :80\r\n", b"Host: 127.0.0.1,evil\r\n"),
    *host("9110 7.4", {421}, b"Host: evil.example\r\n", b"Host: 127.0.0.1.evil.example\r\n"),
    *host("9110 7.4", {421}, b"Host: localhost.\r\n", b"Host: 127.1\r\n", b"Host: 0\r\n"),
    *host(
        "9110 7.4", {421}, b"Host: 0.0.0.0\r\n", b"Host: [::]\r\n", b"Host: [::ffff:127.0.0.1]\r\n"
    ),
    Case("9112 2.3", b"GET / HTTP/1.2\r\n\r\n", {400}),  # HTTP/1.2 is to be taken as HTTP/1.1
    Case("9112 2.3", b"GET / HTTP/1.9\r\nHost: evil.example\r\n\r\n", {421}),
    Case("9112 3.2", b"GET / HTTP/1.0\r\n" + H + H + b"\r\n", {400}),
    Case("9112 3.2", b"GET / HTTP/1.0\r\nHost: a b\r\n\r\n", {400}),
    Case("9110 7.4", b"GET / HTTP/1.0\r\nHost: evil.example\r\n\r\n", {421}),
    Case("9112 3.2.2", b"GET http://127.0.0.1/ HTTP/1.1\r\n\r\n", {400}),
]


HEADS = REQUEST_LINES + FIELDS + HOSTS
