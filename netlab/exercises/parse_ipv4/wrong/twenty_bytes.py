"""M49: every header was taken for 20 bytes, and options for payload.

The header says its own length: the lower four bits of the first byte, times 4.
Read again: lesson 11, "IPv4: to the host".
"""

import socket
import struct


def parse_ipv4(data):
    (total,) = struct.unpack("!H", data[2:4])
    source, destination = socket.inet_ntoa(data[12:16]), socket.inet_ntoa(data[16:20])
    return data[8], source, destination, data[20:total]
