"""M50: the carries were added once, and what came out was not looked at again.

The result has 17 bits, or lies below zero. Fold in a while loop until the total fits.
Read again: lesson 11, "Sums that must come out".
"""

import struct


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xFFFF)
    return 0xFFFF - total
