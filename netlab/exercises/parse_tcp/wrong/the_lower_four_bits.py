"""M49: Data Offset was looked for in the lower four bits, as IHL is.

Each header has an order of its own. Here the upper four count, >> 4; the lower are reserved.
Read again: lesson 11, "TCP: to the program".
"""

import struct


def parse_tcp(data):
    return *struct.unpack("!HH", data[:4]), data[(data[12] & 15) * 4 :]
