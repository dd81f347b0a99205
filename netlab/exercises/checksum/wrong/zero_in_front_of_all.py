"""M12: the zero byte was put in front of the data, and every byte changed its place.

The first byte must stay the upper half of the first word. The zero goes behind the last byte.
Read again: lesson 11, "Sums that must come out".
"""

import struct


def checksum(data):
    if len(data) % 2:
        data = b"\0" + data
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total > 0xFFFF:
        total = (total >> 16) + (total & 0xFFFF)
    return 0xFFFF - total
