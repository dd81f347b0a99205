"""M12: the words were read as this machine keeps numbers, little end first.

A `!` is missing. A check of your own sums still gives 0; other computers read another number.
Read again: lesson 11, "IPv4: to the host".
"""

import struct


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"{len(data) // 2}H", data))
    while total > 0xFFFF:
        total = (total >> 16) + (total & 0xFFFF)
    return 0xFFFF - total
