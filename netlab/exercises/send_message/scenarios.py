"""send_message(sock, data): the length in four bytes, big end first, then the data."""

from __future__ import annotations

import random
import string
import struct
from collections.abc import Iterator

from netlab.referee.scenario import SOCK, Call, Scenario

LESSON = 21
NEEDS: tuple[str, ...] = ()


def scenarios(seed: str) -> Iterator[Scenario]:
    """About thirty scenarios; the seed changes the letters."""
    rng = random.Random(f"send_message {seed}")

    def word(length: int) -> bytes:
        return "".join(rng.choices(string.ascii_lowercase, k=length)).encode()

    def sends(
        behaviour: str, words: str, *messages: bytes, accepts: tuple[int, ...] = ()
    ) -> Scenario:
        calls = tuple(Call((SOCK, data)) for data in messages)
        frames = b"".join(struct.pack("!I", len(data)) + data for data in messages)
        return Scenario(behaviour, words, calls, accepts=accepts, sent=frames)

    whole, lengths = "the frame", "every length"
    short, several = "short writes", "one message after another"
    yield sends(whole, "A message of 5 bytes is sent.", word(5))
    yield sends(lengths, "An empty message is sent. It is a message, too.", b"")
    yield sends(lengths, "A message of 1 byte is sent.", word(1))
    yield sends(lengths, "A message of 300 bytes is sent.", word(300))
    yield sends(lengths, "A message of 70000 bytes is sent.", word(70_000))
    yield sends(whole, "'21 °C' is sent, 6 bytes.", "21 °C".encode())
    yield sends(whole, "Bytes of any value are sent, a newline among them.", bytes(range(256)))
    for count in range(1, 9):
        words = f"5 bytes are sent; the first send takes {count} of the frame's 9 at most."
        yield sends(short, words, word(5), accepts=(count,))
    for first in (1, 3, 4, 6):
        words = f"5 bytes are sent; the first send takes at most {first}, the second at most 2."
        yield sends(short, words, word(5), accepts=(first, 2))
    words = "5 bytes are sent; each send takes one byte."
    yield sends(short, words, word(5), accepts=(1,) * 9)
    yield sends(several, "Two messages are sent.", word(3), word(4))
    yield sends(several, "An empty message is sent between two others.", word(3), b"", word(4))
