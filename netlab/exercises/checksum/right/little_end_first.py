import array
import sys


def checksum(data):
    words = array.array("H", bytes(data) + b"\0" * (len(data) % 2))
    total = sum(words)
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    total ^= 0xFFFF
    return total if sys.byteorder == "big" else (total & 255) << 8 | total >> 8
