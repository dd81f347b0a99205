"""M12: Total Length was read as this machine keeps numbers, little end first.

A `!` is missing. Without it 0x0200 is 2, and 0x001c is 7168, which takes the padding along.
Read again: lesson 11, "IPv4: to the host".
"""

import socket
import struct


def parse_ipv4(data):
    length = (data[0] & 15) * 4
    (total,) = struct.unpack("H", data[2:4])
    source, destination = socket.inet_ntoa(data[12:16]), socket.inet_ntoa(data[16:20])
    return data[8], source, destination, data[length:total]
