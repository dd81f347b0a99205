"""M50: the carries were added at the bottom once.

That can give a carry again: fold in a while loop, until the total fits into 16 bits.
Read again: lesson 11, "Sums that must come out".
"""

import struct


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xFFFF)
    return 0xFFFF - (total & 0xFFFF)
