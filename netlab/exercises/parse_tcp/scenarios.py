"""parse_tcp(data): the two ports and the message behind the header, however long that is."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator

from netlab.exercises.parts import octets, parts
from netlab.referee.scenario import Call, Scenario

LESSON = 11
NEEDS: tuple[str, ...] = ()
NAMES = ("source port", "destination port", "message")
SYN, ACK, PUSH = 0x02, 0x10, 0x08
MSS = b"\x02\x04\x05\xb4"


def scenarios(seed: str) -> Iterator[Scenario]:
    """About twenty; ports, numbers and letters depend on the seed, the lengths do not."""
    rng = random.Random(f"parse_tcp {seed}")

    def segment(
        message: bytes,
        options: bytes = b"",
        ports: tuple[int, int] = (0, 0),
        flags: int = ACK | PUSH,
        reserved: int = 0,
    ) -> tuple[Call, ...]:
        # both bytes of a port differ, so that their order shows
        source = ports[0] or rng.randrange(128, 256) * 256 + rng.randrange(1, 128)
        destination = ports[1] or rng.choice([80, 443, 8080])
        header = struct.pack(
            "!HHIIBBHHH",
            source,
            destination,
            rng.randrange(2**32),
            rng.randrange(2**32),
            (5 + len(options) // 4) * 16 + reserved,
            flags,
            rng.randrange(1000, 65000),
            rng.randrange(65536),
            0,
        )
        shown = [("header", header), ("options", options), ("message", message)]
        lines = [f"{name:<8}{octets(part)}" for name, part in shown if part]
        look = parts(NAMES, (source, destination, message))
        text = "\n".join(["parse_tcp(data)", *lines])
        return (Call((header + options + message,), looks=look, text=text),)

    def word(length: int) -> bytes:
        return bytes(rng.choices(b"abcdefghijklmnopqrstuvwxyz", k=length))

    def times() -> bytes:
        return b"\x01\x01\x08\x0a" + rng.randbytes(8)

    plain, longer, bits = "plain headers", "headers with options", "the bits beside Data Offset"
    order, any_bytes = "network byte order", "a message of any bytes"
    yield Scenario(plain, "A header of 20 bytes, then 16 bytes.", segment(word(16)))
    yield Scenario(plain, "A message of one byte.", segment(word(1)))
    yield Scenario(
        plain, "Data Offset is 5, and there is no message: an ACK.", segment(b"", flags=ACK)
    )
    cookie = b"\x22\x12" + rng.randbytes(16) + b"\x01\x01"
    start = MSS + b"\x04\x02\x08\x0a" + rng.randbytes(8) + b"\x01\x03\x03\x07"
    for options in (MSS, times(), start, start + cookie):
        offset = 5 + len(options) // 4
        words = f"Data Offset is {offset}: {len(options)} bytes of options follow the first 20."
        yield Scenario(longer, words, segment(word(20), options))
    words = "A SYN with 20 bytes of options, and no message."
    yield Scenario(longer, words, segment(b"", start, flags=SYN))
    for reserved, options in ((0x0C, b""), (0x0F, times())):
        words = f"Data Offset is {5 + len(options) // 4}; of the four bits beside it, some are 1."
        yield Scenario(bits, words, segment(word(12), options, reserved=reserved))
    yield Scenario(
        order, "From port 80, 0x0050, to a high one.", segment(word(8), ports=(80, 50123))
    )
    yield Scenario(order, "From port 60000, 0xea60, to port 1.", segment(word(8), ports=(60000, 1)))
    words = "The message holds every byte there is."
    yield Scenario(any_bytes, words, segment(bytes(range(256))))
    words = "The message begins and ends with zero bytes."
    yield Scenario(any_bytes, words, segment(bytes(2) + word(8) + bytes(2), times()))
    words = "The message begins and ends with spaces and line ends."
    yield Scenario(any_bytes, words, segment(b" \r\n" + word(8) + b"\r\n "))
    words = "There are no options, and the message begins with bytes that look like some."
    yield Scenario(any_bytes, words, segment(times() + word(8)))
