"""M39: an odd number of bytes was not thought of.

Put a zero byte behind the last one, for the sum only (RFC 1071 section 1).
Read again: lesson 11, "Sums that must come out".
"""

import struct


def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total > 0xFFFF:
        total = (total >> 16) + (total & 0xFFFF)
    return 0xFFFF - total
