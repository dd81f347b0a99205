"""M11: the message was tidied up as if it were a line of text.

Spaces and line ends are bytes like all others. Change nothing.
Read again: lesson 11, "One frame, byte by byte".
"""

import struct


def parse_tcp(data):
    length = (data[12] >> 4) * 4
    return *struct.unpack("!HH", data[:4]), data[length:].strip()
