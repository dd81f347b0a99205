"""The table of malformed.py, continued: lengths, transfer codings, chunks, and cut requests."""

from __future__ import annotations

from tests.malformed import BAD, CLOSE, GET, OK_OR_BAD, PUT, Case, H, Outcome

CHUNKED = b"Transfer-Encoding: chunked"


def body(section: str, allowed: set[Outcome], fields: bytes, *bodies: bytes) -> list[Case]:
    return [Case(section, PUT + fields + b"\r\n\r\n" + each, allowed) for each in bodies]


SMUGGLED = b"GET /smuggled HTTP/1.1\r\n" + H + b"\r\n"
LENGTHS = [
    # 6.3: an invalid or doubtful Content-Length MUST be 400
    *body("9112 6.3", {400}, b"Content-Length: +5", b"12345"),
    *body("9112 6.3", {400}, b"Content-Length: -5", b"12345"),
    *body("9112 6.3", {400}, b"Content-Length: 0x5", b"12345"),
    *body("9112 6.3", {400}, b"Content-Length: 5.0", b"12345"),
    *body("9112 6.3", {400}, b"Content-Length: 5 5", b"12345"),
    *body("9112 6.3", {400}, b"Content-Length: 5e0", b"12345"),
    *body("9112 6.3", {400}, b"Content-Length: 1_0", b"1234567890"),
    *body("9112 6.3", {400}, b"Content-Length: five", b"12345"),
    *body("9112 6.3", {400}, b"Content-Length:", b"12345"),
    *body("9112 6.3", {400}, b"Content-Length: \xb2", b"12"),
    *body("9112 6.3", {400}, "Content-Length: ５".encode(), b"12345"),
    *body("9112 6.3", {400}, b"Content-Length: 5;", b"12345"),
    *body("9112 6.3", {400}, b"Content-Length: 5, 6", b"12345"),
    *body("9112 6.3", {400}, b"Content-Length: 5,", b"12345"),
    *body("9112 6.3", {400}, b"Content-Length: 5\r\nContent-Length: 6", b"12345"),
    *body("9112 6.3", {400}, b"Content-Length: 6\r\ncontent-length: 5", b"12345"),
    *body("9112 6.3", {400}, b"Content-Length: 5\r\nContent-Length: +5", b"12345"),
    *body("9110 8.6", {200, 400}, b"Content-Length: 5\r\nContent-Length: 5", b"12345"),
    *body("9110 8.6", {200, 400}, b"Content-Length: 5, 5", b"12345"),
    *body("9110 8.6", {200, 400}, b"Content-Length: 005", b"12345"),
    *body("9110 8.6", {400, 413}, b"Content-Length: " + b"9" * 20, b""),
    *body("9110 8.6", {400, 413}, b"Content-Length: " + b"9" * 21, b""),
    *body("9110 8.6", {400, 413, 431}, b"Content-Length: " + b"9" * 10_000, b""),
    *body("9110 8.6", {413}, b"Content-Length: 1048577", b""),
    *body("9110 8.6", {413}, b"Content-Length: 18446744073709551616", b""),
    *body("9110 8.6", {413}, b"Content-Length: 4294967296", b""),
]

CODINGS = [
    # 6.1 and 6.3: both, or a coding whose last is not chunked: where does the body end?
    *body("9112 6.3", {400}, b"Content-Length: 5\r\n" + CHUNKED, b"0\r\n\r\n" + SMUGGLED),
    *body("9112 6.3", {400}, CHUNKED + b"\r\nContent-Length: 5", b"0\r\n\r\n" + SMUGGLED),
    *body("9112 6.3", {400}, CHUNKED + b"\r\nContent-Length: 0", b"0\r\n\r\n"),
    *body("9112 6.3", {400}, b"Content-length: 5\r\ntransfer-encoding: CHUNKED", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding: chunked, chunked", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, CHUNKED + b"\r\n" + CHUNKED, b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, CHUNKED + b"\r\nTransfer-Encoding: identity", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding: identity", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding: gzip", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding: gzip, chunked", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding: chunked, gzip", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding: chunked;q=1", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding: xchunked", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding: chunkedx", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding: 'chunked'", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b'Transfer-Encoding: "chunked"', b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding: chunked,", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding: ,chunked", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding:", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding: \x0bchunked", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding: chunked\x0c", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding: \x00chunked", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding: chun\r\n ked", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding:\x0bchunked", b"0\r\n\r\n"),
    *body("9112 6.1", {400, 501}, b"Transfer-Encoding: chunked\xa0", b"0\r\n\r\n"),
    *body("9112 5.1", {400}, b"Transfer-Encoding : chunked", b"0\r\n\r\n"),
    *body("9112 5.1", {400}, b" Transfer-Encoding: chunked\x00", b"0\r\n\r\n"),
    Case("9112 6.1", b"PUT /echo HTTP/1.0\r\n" + CHUNKED + b"\r\n\r\n0\r\n\r\n", {400}),
    Case(
        "9112 6.1",
        b"PUT /echo HTTP/1.0\r\n" + CHUNKED + b"\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        {400},
    ),
]

CHUNKS = [
    # 7.1: chunk-size is hexadecimal digits, and nothing else
    *body("9112 7.1", BAD, CHUNKED, b"+5\r\n12345\r\n0\r\n\r\n", b"-5\r\n12345\r\n0\r\n\r\n"),
    *body("9112 7.1", BAD, CHUNKED, b"0x5\r\n12345\r\n0\r\n\r\n", b"5h\r\n12345\r\n0\r\n\r\n"),
    *body("9112 7.1", BAD, CHUNKED, b" 5\r\n12345\r\n0\r\n\r\n", b"\t5\r\n12345\r\n0\r\n\r\n"),
    *body("9112 7.1", BAD, CHUNKED, b"\r\n12345\r\n0\r\n\r\n", b";\r\n12345\r\n0\r\n\r\n"),
    *body("9112 7.1", BAD, CHUNKED, b"5 5\r\n12345\r\n0\r\n\r\n", b"1_0\r\n12345\r\n0\r\n\r\n"),
    *body("9112 7.1", BAD, CHUNKED, b"5\n12345\n0\n\n\r\n", b"5\r12345\r\n0\r\n\r\n"),
    *body("9112 7.1", BAD, CHUNKED, b"5\x00\r\n12345\r\n0\r\n\r\n", b"\xb2\r\n12\r\n0\r\n\r\n"),
    *body("9112 7.1", BAD, CHUNKED, b"1" * 21 + b"\r\n", b"f" * 1000 + b"\r\n", b"g\r\n"),
    *body("9112 7.1", BAD, CHUNKED, b"5,\r\n12345\r\n0\r\n\r\n", b"5:\r\n12345\r\n0\r\n\r\n"),
    *body("9112 7.1", BAD, CHUNKED, b"-0\r\n\r\n", b"+0\r\n\r\n", b"0x0\r\n\r\n"),
    # the data must be as long as said, and end with CRLF
    *body("9112 7.1", BAD, CHUNKED, b"5\r\n123456\r\n0\r\n\r\n", b"5\r\n1234\r\n0\r\n\r\n"),
    *body("9112 7.1", BAD, CHUNKED, b"5\r\n12345\n0\r\n\r\n", b"5\r\n12345\r0\r\n\r\n"),
    *body("9112 7.1", BAD, CHUNKED, b"5\r\n123450\r\n\r\n", b"5\r\n12345 \r\n0\r\n\r\n"),
    *body(
        "9112 7.1.1", OK_OR_BAD, CHUNKED, b"5 \r\n12345\r\n0\r\n\r\n", b"5;\r\n12345\r\n0\r\n\r\n"
    ),
    *body("9112 7.1.1", OK_OR_BAD, CHUNKED, b"5 ; a\r\n12345\r\n0\r\n\r\n", b"0;a=b\r\n\r\n"),
    *body("9112 7.1.1", OK_OR_BAD, CHUNKED, b'5;a="b;\\""\r\n12345\r\n0\r\n\r\n'),
    # h11 drops extensions unread, a bare CR in them included: none of its bytes counts as an end
    *body("9112 2.2", OK_OR_BAD, CHUNKED, b"5;a\rb\r\n12345\r\n0\r\n\r\n", b"0;\r\r\n\r\n"),
    *body("9112 7.1.1", {400, 413, 431, CLOSE}, CHUNKED, b"5;" + b"x" * 70_000 + b"\r\n12345"),
    *body("9112 7.1.2", BAD, CHUNKED, b"0\r\nX : 1\r\n\r\n", b"0\r\n X: 1\r\n\r\n"),
    *body(
        "9112 7.1.2", BAD, CHUNKED, b"0\r\nX\r\n\r\n", b"0\r\nX: \x00\r\n\r\n", b"0\r\n: 1\r\n\r\n"
    ),
    *body(
        "9112 7.1.2", OK_OR_BAD, CHUNKED, b"0\r\nContent-Length: 5\r\n\r\n", b"0\r\nHost: x\r\n\r\n"
    ),
    *body("9112 7.1.2", OK_OR_BAD, CHUNKED, b"0\r\nTransfer-Encoding: chunked\r\n\r\n"),
    *body("6585 5", {431, 400, CLOSE}, CHUNKED, b"0\r\nX: " + b"x" * 70_000),
    *body("9110 15.5.14", {413}, CHUNKED, b"200000\r\n" + b"x" * 0x200000),
]

# 8: what ends too early is incomplete; sent with a half-close, it must never be answered as whole
CUT = [
    Case("9112 8", whole[:end], {400, CLOSE})
    for whole in (
        GET + H + b"\r\n",
        PUT + b"Content-Length: 5\r\n\r\n12345",
        PUT + CHUNKED + b"\r\n\r\n5;a=b\r\n12345\r\n0\r\nX: 1\r\n\r\n",
    )
    for end in range(0, len(whole), 5)
]

BODIES = LENGTHS + CODINGS + CHUNKS
