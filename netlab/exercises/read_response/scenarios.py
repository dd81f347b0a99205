"""read_response(sock, method): one reply out of a stream, whichever way its body ends."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

from netlab.referee.scenario import END, RESET, SOCK, Call, Scenario, Sends, sizes

LESSON = 31
NEEDS: tuple[str, ...] = ()
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
NEXT = b"HTTP/1.1 404 "  # the beginning of another reply


def scenarios(seed: str) -> Iterator[Scenario]:
    """About fifty scenarios; the letters depend on the seed, the cuts do not."""
    rng = random.Random(f"read_response {seed}")

    def word(length: int) -> bytes:
        return "".join(rng.choices(string.ascii_lowercase, k=length)).encode()

    def reads(status: int, body: bytes, method: str = "GET", **fields: str) -> Call:
        """Fields with _ for - in their names."""
        wanted = {name.replace("_", "-"): value for name, value in fields.items()}
        return Call((SOCK, method), returns=(status, wanted, body))

    def sized(body: bytes) -> bytes:
        return OK + b"Content-Length: %d\r\n\r\n" % len(body) + body

    def of_size(body: bytes) -> Call:
        return reads(200, body, content_length=str(len(body)))

    def of_chunks(body: bytes) -> Call:
        return reads(200, body, transfer_encoding="chunked")

    head, length, chunks = "the head", "a length", "chunks"
    close, none, rest = "until the close", "no body", "what follows stays"
    end, bad = "the end of the stream", "what is not HTTP is refused"

    body = word(5)
    fields = b"content-LENGTH:5\r\nX-Lamp:  on: Off \r\nX-Lamp: x\r\n\r\n"
    wanted = reads(404, body, content_length="5", x_lamp="on: Off, x")
    words = "A 404 with fields in odd letters, spaces, colons, and one that comes twice."
    yield Scenario(head, words, (wanted,), (b"HTTP/1.1 404 Not Found\r\n" + fields + body,))
    data = b"HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\n" + body
    words = "A status line without words for people."
    yield Scenario(head, words, (of_size(body),), (data,))
    data = sized(body)
    words = "A reply of 43 bytes arrives one byte at a time."
    yield Scenario(head, words, (of_size(body),), tuple(data[i : i + 1] for i in range(len(data))))
    for cut in (8, 36):
        sends: Sends = (data[:cut], data[cut:])
        words = f"A reply of 43 bytes, 38 of them its head, arrives {sizes(sends)}."
        yield Scenario(head, words, (of_size(body),), sends)

    yield Scenario(
        length, "A body of 5 bytes arrives with its head.", (of_size(body),), (data,), left=b""
    )
    for cut in (38, 40):
        sends = (data[:cut], data[cut:])
        words = f"A head of 38 bytes and a body of 5 arrive {sizes(sends)}."
        yield Scenario(length, words, (of_size(body),), sends)
    yield Scenario(length, "A length of 0.", (of_size(b""),), (sized(b""),))
    body = b"\r\n\r\n" + word(300) + "°".encode()
    words = (
        "A body of 306 bytes in three pieces: it begins with an empty line, and has a degree sign."
    )
    data = sized(body)
    yield Scenario(length, words, (of_size(body),), (data[:41], data[41:200], data[200:]))

    a, b = word(5), word(11)
    wire = b"5\r\n" + a + b"\r\nb\r\n" + b + b"\r\n0\r\n\r\n"
    yield Scenario(
        chunks, "Chunks of 5 and 11 bytes.", (of_chunks(a + b),), (OK + CHUNKED + wire,), left=b""
    )
    half = word(300)
    data = OK + CHUNKED + b"12c\r\n" + half
    words = "A chunk of 300 bytes arrives in two pieces."
    sends = (data[:100], data[100:] + b"\r\n0\r\n\r\n")
    yield Scenario(chunks, words, (of_chunks(half),), sends)
    small = b"2\r\nab\r\n0\r\n\r\n"
    for cut in (1, 4, 6, 8):
        sends = (OK + CHUNKED + small[:cut], small[cut:])
        words = f"A chunk of 2 bytes; what belongs to chunks arrives as {cut} + {len(small) - cut}."
        yield Scenario(chunks, words, (of_chunks(b"ab"),), sends)
    words = "Sizes as 05 and 1A, one of them with an extension behind a semicolon."
    c = word(26)
    data = b"05;on=off\r\n" + a + b"\r\n1A\r\n" + c + b"\r\n000\r\n\r\n"
    yield Scenario(chunks, words, (of_chunks(a + c),), (OK + CHUNKED + data,), left=b"")
    words = "A chunk holds bytes that look like the last one."
    yield Scenario(
        chunks,
        words,
        (of_chunks(b"\r\n0\r\n\r\n!"),),
        (OK + CHUNKED + b"8\r\n\r\n0\r\n\r\n!\r\n0\r\n\r\n",),
    )
    words = "No chunk but the last."
    yield Scenario(chunks, words, (of_chunks(b""),), (OK + CHUNKED + b"0\r\n\r\n",))
    trailers = b"2\r\nab\r\n0\r\nX-Sum: 12\r\nX-Lamp: on\r\n\r\n"
    words = "Two trailer fields follow the last chunk. They are read and dropped."
    yield Scenario(chunks, words, (of_chunks(b"ab"),), (OK + CHUNKED + trailers + NEXT,), left=NEXT)
    data = OK + b"Transfer-Encoding: Chunked\r\n\r\n" + small
    wanted = reads(200, b"ab", transfer_encoding="Chunked")
    yield Scenario(chunks, "Chunked, with a capital letter.", (wanted,), (data,))
    both = reads(200, b"ab", content_length="5", transfer_encoding="chunked")
    data = OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + small
    yield Scenario(
        chunks, "A length and chunks: the chunks count.", (both,), (data + NEXT,), left=NEXT
    )

    open_ = OK + b"X-Lamp: on\r\n\r\n"
    for parts in ((), (word(5),), (word(3), word(4), word(5))):
        words = f"No length, no chunks. {len(parts)} piece{'s' * (len(parts) != 1)}, then the end."
        yield Scenario(
            close, words, (reads(200, b"".join(parts), x_lamp="on"),), (open_, *parts, END)
        )

    silent = OK + b"Content-Length: 25\r\n\r\n"
    words = "The reply to HEAD says 25 bytes. None comes, and the connection stays open."
    yield Scenario(none, words, (reads(200, b"", "HEAD", content_length="25"),), (silent,))
    words = "The reply to HEAD says chunked. None comes."
    yield Scenario(
        none, words, (reads(200, b"", "HEAD", transfer_encoding="chunked"),), (OK + CHUNKED,)
    )
    words = "The reply to HEAD says nothing of a body."
    yield Scenario(none, words, (reads(200, b"", "HEAD", x_lamp="on"),), (open_,))
    data = b"HTTP/1.1 204 No Content\r\nX-Lamp: on\r\n\r\n"
    yield Scenario(
        none, "A 204. The connection stays open.", (reads(204, b"", x_lamp="on"),), (data,)
    )
    data = b"HTTP/1.1 304 Not Modified\r\nContent-Length: 25\r\n\r\n"
    words = "A 304 that says how long the page would be. The connection stays open."
    yield Scenario(none, words, (reads(304, b"", content_length="25"),), (data,))

    body = word(4)
    words = "Two replies arrive together. One is read."
    yield Scenario(rest, words, (of_size(body),), (sized(body) + NEXT,), left=NEXT)
    words = "Three replies arrive together: chunks, a 204, a length. All are read."
    data = OK + CHUNKED + small + b"HTTP/1.1 204 No Content\r\n\r\n" + sized(body)
    calls: tuple[Call, ...] = (of_chunks(b"ab"), reads(204, b""), of_size(body))
    yield Scenario(rest, words, calls, (data,), left=b"")
    words = "The reply to HEAD and another reply arrive together. Both are read."
    calls = (reads(200, b"", "HEAD", content_length="25"), of_size(body))
    yield Scenario(rest, words, calls, (silent + sized(body),), left=b"")

    early = Call((SOCK, "GET"), raises="EOFError")
    yield Scenario(end, "The stream ends before any byte.", (early,), (END,))
    for where, data in (
        ("in the head", sized(body)[:30]),
        ("after 2 of the body's 4 bytes", sized(body)[:-2]),
        ("inside a chunk", OK + CHUNKED + b"5\r\nab"),
        ("between two chunks", OK + CHUNKED + b"2\r\nab\r\n"),
        ("inside a chunk's size, 1 of 10", OK + CHUNKED + b"2\r\nab\r\n1"),
        ("after the last chunk, before its empty line", OK + CHUNKED + b"2\r\nab\r\n0\r\n"),
    ):
        yield Scenario(end, f"The stream ends {where}.", (early,), (data, END))
    reset = Call((SOCK, "GET"), raises="ConnectionResetError")
    words = "No length, no chunks. The connection is reset after 5 bytes."
    yield Scenario(end, words, (reset,), (open_ + word(5), RESET))

    refused = Call((SOCK, "GET"), raises="ValueError")
    for what, data in (
        ("The status is no number", b"HTTP/1.1 two OK\r\n\r\n"),
        ("The first line is none of HTTP", b"SMTP/1.0 220 mail\r\n\r\n"),
        ("A length of -1", OK + b"Content-Length: -1\r\n\r\n"),
        ("A length of 5_0", OK + b"Content-Length: 5_0\r\n\r\n" + word(50)),
        ("Two lengths, 3 and 4", OK + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\n" + body),
        ("A chunk's size is no number", OK + CHUNKED + b"xyz\r\nab\r\n0\r\n\r\n"),
        ("A chunk's size is -2", OK + CHUNKED + b"-2\r\nab\r\n0\r\n\r\n"),
        ("A chunk's size is 0x2", OK + CHUNKED + b"0x2\r\nab\r\n0\r\n\r\n"),
        ("A chunk of 2 bytes is not followed by \\r\\n", OK + CHUNKED + b"2\r\nabcd\r\n0\r\n\r\n"),
    ):
        yield Scenario(bad, f"{what}.", (refused,), (data, END))
