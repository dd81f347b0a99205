"""M50: zero never comes out: 0xffff stands in its place.

UDP sends 0xffff for 0 (RFC 768); and 0xffff has no remainder by itself. Here zero means: it fits.
Read again: lesson 11, "Sums that must come out".
"""

import struct


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total > 0xFFFF:
        total = (total >> 16) + (total & 0xFFFF)
    return (0xFFFF - total) or 0xFFFF
