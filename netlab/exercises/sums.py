"""The sum of RFC 1071, written without carries: all words in a row are one number, modulo 65535."""

from __future__ import annotations


def word_sum(data: bytes) -> int:
    """The sum of the words, folded to 16 bits; 0 only if all bytes are."""
    number = int.from_bytes(data + b"\0" * (len(data) % 2), "big")
    return (number - 1) % 0xFFFF + 1 if number else 0


def missing(data: bytes) -> int:
    """What the sum lacks to 0xffff: the checksum."""
    return 0xFFFF - word_sum(data)
