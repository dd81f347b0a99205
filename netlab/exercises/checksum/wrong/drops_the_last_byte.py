"""M39: the last of an odd number of bytes was left out.

Damage to that byte would never be seen. Put a zero byte behind it, for the sum only.
Read again: lesson 11, "Sums that must come out".
"""

import struct


def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data[: len(data) // 2 * 2]))
    while total > 0xFFFF:
        total = (total >> 16) + (total & 0xFFFF)
    return 0xFFFF - total
