"""recv_message(sock, limit): a length of four bytes, then that many bytes, if the limit allows."""

from __future__ import annotations

import random
import string
import struct
from collections.abc import Iterator

from netlab.referee.scenario import END, RESET, SOCK, Call, Scenario, every_cut, sizes

LESSON = 21
NEEDS = ("recv_exactly",)
LIMIT = 50  # bytes, where a scenario is not about the limit


def scenarios(seed: str) -> Iterator[Scenario]:
    """About sixty scenarios; the seed changes the letters."""
    rng = random.Random(f"recv_message {seed}")

    def word(length: int) -> bytes:
        return "".join(rng.choices(string.ascii_lowercase, k=length)).encode()

    def frame(data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + data

    def read(data: bytes, limit: int = LIMIT) -> Call:
        return Call((SOCK, limit), returns=data)

    whole, pieces, several = "whole messages", "messages in pieces", "what follows stays"
    limits, end, errors = "the limit", "the end of the stream", "errors pass through"
    data = word(5)
    yield Scenario(
        whole, "A message of 5 bytes arrives in one piece.", (read(data),), (frame(data),)
    )
    yield Scenario(whole, "An empty message arrives: a length of 0.", (read(b""),), (frame(b""),))
    data = word(2)
    for sends in every_cut(frame(data)):
        words = f"A message of 2 bytes, with its length 6, arrives {sizes(sends)}."
        yield Scenario(pieces, words, (read(data),), sends, left=b"")
    data = word(300)
    sends = (frame(data)[:100], frame(data)[100:250], frame(data)[250:])
    yield Scenario(
        pieces, "A message of 300 bytes arrives in three pieces.", (read(data, 300),), sends
    )
    data = bytes(range(200, 256))
    words = "A message of 56 bytes that are not text arrives as 30 + 30."
    yield Scenario(pieces, words, (read(data, 60),), (frame(data)[:30], frame(data)[30:]))

    a, b, c = word(3), word(4), word(2)
    words = "Two messages arrive together. One is read."
    yield Scenario(several, words, (read(a),), (frame(a) + frame(b),), left=frame(b))
    words = "Three messages and an empty one arrive together. All are read."
    together = frame(a) + frame(b) + frame(b"") + frame(c)
    yield Scenario(several, words, (read(a), read(b), read(b""), read(c)), (together,))

    data = word(20)
    yield Scenario(
        limits, "20 bytes arrive, and the limit is 20.", (read(data, 20),), (frame(data),)
    )
    refused = Call((SOCK, 20), raises="ValueError")
    head, body = frame(word(21))[:4], word(21)
    words = "21 bytes are announced, and the limit is 20. The bytes never come."
    yield Scenario(limits, words, (refused,), (head,))
    words = "21 bytes arrive, and the limit is 20. None of them is read."
    yield Scenario(limits, words, (refused,), (head, body), left=body)
    words = "4294967295 bytes are announced, and the limit is 20."
    yield Scenario(limits, words, (refused,), (b"\xff\xff\xff\xff", body), left=body)

    error = Call((SOCK, LIMIT), raises="EOFError")
    yield Scenario(end, "The stream ends before any message.", (error,), (END,))
    for count in range(1, 7):
        words = f"The stream ends after {count} of a message's 4 + 3 bytes."
        yield Scenario(end, words, (error,), (frame(a)[:count], END))
    words = "The stream ends between two messages."
    yield Scenario(end, words, (read(a), error), (frame(a), END))

    reset = Call((SOCK, LIMIT), raises="ConnectionResetError")
    words = "The connection is reset after 5 of a message's 4 + 3 bytes."
    yield Scenario(errors, words, (reset,), (frame(a)[:5], RESET))
