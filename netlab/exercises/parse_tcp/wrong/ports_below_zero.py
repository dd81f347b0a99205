"""M12: the ports were read as numbers with a sign, and high ones came out below zero.

A port is 0 to 65535: in struct's letters "H", not "h".
Read again: lesson 11, "TCP: to the program".
"""

import struct


def parse_tcp(data):
    length = (data[12] >> 4) * 4
    return *struct.unpack("!hh", data[:4]), data[length:]
