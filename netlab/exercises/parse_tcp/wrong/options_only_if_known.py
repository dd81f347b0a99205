"""M49: one kind of options was looked for, instead of their length.

Options are many, and new ones come. Data Offset jumps over all of them, known or not.
Read again: lesson 11, "TCP: to the program".
"""

import struct


def parse_tcp(data):
    length = 32 if data[20:24] == b"\x01\x01\x08\x0a" else 20
    return *struct.unpack("!HH", data[:4]), data[length:]
