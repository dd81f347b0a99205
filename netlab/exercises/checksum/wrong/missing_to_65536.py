"""M50: what is missing was counted to 0x10000.

It is counted to 0xffff, where all bits are 1.
Read again: lesson 11, "Sums that must come out".
"""

import struct


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total > 0xFFFF:
        total = (total >> 16) + (total & 0xFFFF)
    return 0x10000 - total
