"""M50: carries out of the top were cut off, as in an ordinary sum of 16 bits.

In this sum nothing gets lost: what leaves at the top is added at the bottom.
Read again: lesson 11, "Sums that must come out".
"""

import struct


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    return 0xFFFF - (sum(struct.unpack(f"!{len(data) // 2}H", data)) & 0xFFFF)
