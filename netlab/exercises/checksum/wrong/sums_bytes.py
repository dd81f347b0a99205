"""M50: single bytes were added up, not words of two bytes.

Take the data two bytes at a time, the first of them times 256.
Read again: lesson 11, "Sums that must come out".
"""


def checksum(data):
    total = sum(data)
    while total > 0xFFFF:
        total = (total >> 16) + (total & 0xFFFF)
    return 0xFFFF - total
