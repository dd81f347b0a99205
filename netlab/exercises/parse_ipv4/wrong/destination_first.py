"""M49: the destination was looked for first, as in Ethernet.

Each header has an order of its own. In IPv4 the source is at byte 12, the destination at 16.
Read again: lesson 11, "IPv4: to the host".
"""

import socket
import struct


def parse_ipv4(data):
    length = (data[0] & 15) * 4
    (total,) = struct.unpack("!H", data[2:4])
    destination, source = socket.inet_ntoa(data[12:16]), socket.inet_ntoa(data[16:20])
    return data[8], source, destination, data[length:total]
