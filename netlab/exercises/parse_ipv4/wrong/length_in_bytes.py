"""M49: IHL was taken for a number of bytes.

It counts words of four bytes: 5 means 20. Multiply by 4.
Read again: lesson 11, "IPv4: to the host".
"""

import socket
import struct


def parse_ipv4(data):
    length = data[0] & 15
    (total,) = struct.unpack("!H", data[2:4])
    source, destination = socket.inet_ntoa(data[12:16]), socket.inet_ntoa(data[16:20])
    return data[8], source, destination, data[length:total]
