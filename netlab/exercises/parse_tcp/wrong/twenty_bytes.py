"""M49: every TCP header was taken for 20 bytes, and options for the message.

The header says its own length: Data Offset, the upper four bits of byte 12, times 4.
Read again: lesson 11, "TCP: to the program".
"""

import struct


def parse_tcp(data):
    return *struct.unpack("!HH", data[:4]), data[20:]
