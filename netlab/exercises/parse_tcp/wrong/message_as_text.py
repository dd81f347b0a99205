"""M10: the message was turned into text.

TCP carries bytes, and a segment may end inside a letter. Return the bytes.
Read again: lesson 11, "One frame, byte by byte".
"""

import struct


def parse_tcp(data):
    length = (data[12] >> 4) * 4
    return *struct.unpack("!HH", data[:4]), data[length:].decode()
