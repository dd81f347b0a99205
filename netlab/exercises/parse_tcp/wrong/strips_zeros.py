"""M39: zero bytes at the end of the message were taken for padding.

Padding lies behind the IPv4 packet, and parse_ipv4 has cut it off. The rest is yours.
Read again: lesson 11, "Build".
"""

import struct


def parse_tcp(data):
    length = (data[12] >> 4) * 4
    return *struct.unpack("!HH", data[:4]), data[length:].rstrip(b"\0")
