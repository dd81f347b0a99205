"""M11: the payload was tidied up as if it were a line of text.

Spaces, line ends and zeros are bytes like all others. Change nothing.
Read again: lesson 11, "One frame, byte by byte".
"""

import socket
import struct


def parse_ipv4(data):
    length = (data[0] & 15) * 4
    (total,) = struct.unpack("!H", data[2:4])
    source, destination = socket.inet_ntoa(data[12:16]), socket.inet_ntoa(data[16:20])
    return data[8], source, destination, data[length:total].strip()
