"""M49: Data Offset was taken for a number of bytes.

It counts words of four bytes: 8 means 32. Multiply by 4.
Read again: lesson 11, "TCP: to the program".
"""

import struct


def parse_tcp(data):
    return *struct.unpack("!HH", data[:4]), data[data[12] >> 4 :]
