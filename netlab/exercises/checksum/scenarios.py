"""checksum(data): RFC 1071's, for data of any length."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator
from typing import Any

from netlab.exercises.parts import octets
from netlab.exercises.sums import missing
from netlab.referee.gap import show
from netlab.referee.scenario import Call, Scenario

LESSON = 11
NEEDS: tuple[str, ...] = ()


def scenarios(seed: str) -> Iterator[Scenario]:
    """About twenty; the seed changes bytes, never a carry or a length."""
    rng = random.Random(f"checksum {seed}")

    def draw(*counts: tuple[int, int, int], before: bytes = b"", after: bytes = b"") -> bytes:
        """For each (count, low, high) as many bytes: a missing `!` shows, one fold is enough,
        and nothing comes out right by chance."""
        while True:
            drawn = b"".join(bytes(rng.choices(range(a, b), k=count)) for count, a, b in counts)
            data = before + drawn + after
            total = sum(struct.unpack(f"!{(len(data) + 1) // 2}H", data + b"\0" * (len(data) % 2)))
            folded = (total >> 16) + (total & 0xFFFF)
            if folded <= 0xFFFF and folded >> 8 != folded & 0xFF and folded != sum(data):
                return data

    even, odd, carry = "an even number of bytes", "an odd number of bytes", "carries"
    checks, order = "checking a header", "the order of bytes"
    yield Scenario(even, "Two bytes: one word.", _whole(draw((2, 1, 120))))
    yield Scenario(even, "Three words, and no carry.", _whole(draw((6, 1, 80))))
    yield Scenario(even, "Nothing at all.", _whole(b""))
    yield Scenario(even, "Four zero bytes.", _whole(bytes(4)))
    yield Scenario(odd, "Three bytes: b'abc'.", _whole(b"abc"))
    yield Scenario(odd, "One byte.", _whole(draw((1, 1, 256))))
    yield Scenario(odd, "Five bytes, and no carry.", _whole(draw((5, 1, 80))))
    for length in (39, 101):
        yield Scenario(odd, f"{length} bytes.", _whole(draw((length, 60, 120))))
    yield Scenario(odd, "The last of three bytes is zero.", _whole(draw((2, 1, 120)) + b"\0"))
    yield Scenario(carry, "The sum has one carry.", _whole(draw((1, 240, 241), (3, 100, 120))))
    half = rng.randrange(1, 0x7FFF)
    words = "The carry, added at the bottom, makes a second carry."
    twice = struct.pack("!3H", 0xFFFF, 0x8000 + half, 0x8000 - half)
    yield Scenario(carry, words, _whole(twice))
    yield Scenario(carry, "The sum has many carries.", _whole(draw((80, 200, 256))))
    words = "20000 bytes: the sum has thousands of carries."
    yield Scenario(carry, words, _whole(draw((4, 0, 256), (19996, 254, 255))))
    yield Scenario(carry, "All bits are 1, in 4 bytes.", _whole(b"\xff" * 4))
    before, after = bytes.fromhex("4500005a"), bytes.fromhex("400040060000c6336401c6336402")
    header = bytearray(draw((2, 0, 256), before=before, after=after))
    words = "An IPv4 header of 20 bytes whose checksum is still 0."
    yield Scenario(checks, words, _whole(bytes(header)))
    header[10:12] = missing(bytes(header)).to_bytes(2, "big")
    words = "An IPv4 header with its checksum: nothing is missing."
    yield Scenario(checks, words, _whole(bytes(header)))
    header[8] ^= 1
    words = "The same header, and one bit of the TTL is flipped."
    yield Scenario(checks, words, _whole(bytes(header)))
    yield Scenario(order, "0x0100 is 256, big end first.", _whole(b"\x01\x00"))
    yield Scenario(order, "Two words.", _whole(draw((4, 1, 120))))


def _whole(data: bytes) -> tuple[Call, ...]:
    text = f"checksum(data)\n{octets(data) or 'nothing'}"
    return (Call((data,), looks=_looks(missing(data)), text=text),)


def _looks(wanted: int) -> Callable[[Any], str]:
    def look(came: Any) -> str:
        if type(came) is int and came == wanted:
            return ""
        is_number = type(came) is int and 0 <= came < 2**32
        return f"expected 0x{wanted:04x}\nreturned {f'0x{came:04x}' if is_number else show(came)}"

    return look
