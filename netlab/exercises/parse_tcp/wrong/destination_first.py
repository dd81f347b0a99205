"""M49: the destination port was looked for first.

Ethernet puts the receiver first. TCP, like IPv4, puts the sender first: bytes 0 and 1.
Read again: lesson 11, "TCP: to the program".
"""

import struct


def parse_tcp(data):
    length = (data[12] >> 4) * 4
    destination_port, source_port = struct.unpack("!HH", data[:4])
    return source_port, destination_port, data[length:]
