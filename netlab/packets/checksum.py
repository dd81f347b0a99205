"""The Internet checksum (RFC 1071)."""

from __future__ import annotations


def ones_complement_sum(data: bytes) -> int:
    """All 16-bit words added, each carry out of the top added at the bottom (RFC 1071).

    An odd last byte is taken as if a zero followed.
    """
    # 65536 leaves 1 when divided by 65535: the remainder of the whole number is that very sum
    total = int.from_bytes(data + b"\0" * (len(data) % 2), "big")
    return (total - 1) % 0xFFFF + 1 if total else 0


def internet_checksum(data: bytes) -> int:
    """The 16 bits that make the sum of data and checksum 0xffff (RFC 1071, section 1)."""
    return 0xFFFF - ones_complement_sum(data)
