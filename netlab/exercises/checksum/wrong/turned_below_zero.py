"""M50: ~ turned more than sixteen bits.

A Python number has no end, and so ~total lies below zero. Keep sixteen bits: ~total & 0xFFFF.
Read again: lesson 11, "Sums that must come out".
"""

import struct


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total > 0xFFFF:
        total = (total >> 16) + (total & 0xFFFF)
    return ~total
