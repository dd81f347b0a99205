"""M12: the last byte was added as it is, as if a zero stood in front of it.

The zero stands behind it: the byte is the upper half of its word, byte << 8.
Read again: lesson 11, "Sums that must come out".
"""

import struct


def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data[: len(data) // 2 * 2]))
    if len(data) % 2:
        total += data[-1]
    while total > 0xFFFF:
        total = (total >> 16) + (total & 0xFFFF)
    return 0xFFFF - total
