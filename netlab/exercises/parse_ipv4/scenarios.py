"""parse_ipv4(data): TTL, source, destination and what the packet carries."""

from __future__ import annotations

import random
import socket
import struct
from collections.abc import Iterator

from netlab.exercises.parts import octets, parts
from netlab.exercises.sums import missing
from netlab.referee.scenario import Call, Scenario

LESSON = 11
NEEDS: tuple[str, ...] = ()
NAMES = ("TTL", "source", "destination", "payload")
SHORTEST = 46  # bytes that an Ethernet frame carries at least (RFC 894)


def scenarios(seed: str) -> Iterator[Scenario]:
    """About twenty; addresses, TTL and payload depend on the seed, the lengths do not."""
    rng = random.Random(f"parse_ipv4 {seed}")

    def packet(
        payload: bytes, options: bytes = b"", padding: bytes = b"", ttl: int = 0, protocol: int = 6
    ) -> tuple[Call, ...]:
        ttl = ttl or rng.choice([32, 60, 63, 127, 128, 250])
        numbers = rng.sample(range(1, 255), 2)
        source, destination = f"198.51.100.{numbers[0]}", f"203.0.113.{numbers[1]}"
        length = 20 + len(options)
        header = struct.pack(
            "!BBHHHBBH4s4s",
            0x40 + length // 4,
            rng.choice([0, 8, 0xB8]),
            length + len(payload),
            rng.randrange(65536),
            0x4000,
            ttl,
            protocol,
            0,
            socket.inet_aton(source),
            socket.inet_aton(destination),
        )
        checksum = missing(header + options)
        header = header[:10] + checksum.to_bytes(2, "big") + header[12:]
        shown = [("header", header), ("options", options), ("payload", payload)]
        lines = [
            f"{name:<8}{octets(part)}" for name, part in [*shown, ("padding", padding)] if part
        ]
        look = parts(NAMES, (ttl, source, destination, payload))
        data = header + options + payload + padding
        return (Call((data,), looks=look, text="\n".join(["parse_ipv4(data)", *lines])),)

    def word(length: int) -> bytes:
        return bytes(rng.choices(b"abcdefghijklmnopqrstuvwxyz", k=length))

    def options(length: int) -> bytes:
        """The option Record Route (RFC 791), with room for what addresses fit."""
        route = length // 4 * 4 - 1
        return (b"\x07" + bytes([route, route + 1]) + rng.randbytes(route - 3)).ljust(length, b"\1")

    plain, longer, padded = "plain headers", "headers with options", "padding"
    order, any_bytes = "network byte order", "a payload of any bytes"
    yield Scenario(plain, "A header of 20 bytes, then 30 bytes.", packet(word(30)))
    yield Scenario(
        plain, "The TTL is 1, and the protocol is 17, UDP.", packet(word(40), ttl=1, protocol=17)
    )
    yield Scenario(
        plain, "The TTL is 255, and the packet carries a single byte.", packet(word(1), ttl=255)
    )
    yield Scenario(plain, "The packet carries nothing: Total Length is 20.", packet(b""))
    for length in (4, 8, 24, 40):
        words = f"IHL is {5 + length // 4}: {length} bytes of options follow the first 20."
        yield Scenario(longer, words, packet(word(30), options(length)))
    words = "8 bytes of options, and nothing behind them: Total Length is 28."
    yield Scenario(longer, words, packet(b"", options(8)))
    for size in (1, 6, 25):
        rest = SHORTEST - 20 - size
        words = f"A packet of {size + 20} bytes and {rest} of padding: a short frame is filled up."
        yield Scenario(padded, words, packet(word(size), padding=bytes(rest)))
    words = "The packet carries nothing; 26 bytes of padding follow."
    yield Scenario(padded, words, packet(b"", padding=bytes(26)))
    words = "The padding is not zero: some senders fill up with what they have."
    yield Scenario(padded, words, packet(word(6), padding=word(20)))
    words = "4 bytes of options, 8 bytes of payload, 14 of padding."
    yield Scenario(padded, words, packet(word(8), options(4), bytes(14)))
    for total in (512, 1280):
        words = f"Total Length is {total}, 0x{total:04x}."
        yield Scenario(order, words, packet(word(total - 20)))
    values = bytes(range(256))
    yield Scenario(any_bytes, "The payload holds every byte there is.", packet(values))
    words = "The payload begins and ends with zero bytes, and there is no padding."
    yield Scenario(any_bytes, words, packet(bytes(4) + word(30) + bytes(4)))
    words = "The payload ends with zero bytes, and padding follows."
    yield Scenario(any_bytes, words, packet(word(9) + bytes(3), padding=bytes(14)))
    words = "The payload begins and ends with spaces and line ends."
    yield Scenario(any_bytes, words, packet(b" \r\n" + word(30) + b"\r\n "))
