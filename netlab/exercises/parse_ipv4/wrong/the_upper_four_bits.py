"""M12: the header's length was taken from the upper four bits of the first byte.

Those are the version, 4. Bits come big end first, too: the length is in the lower four, & 15.
Read again: lesson 11, "IPv4: to the host".
"""

import socket
import struct


def parse_ipv4(data):
    length = (data[0] >> 4) * 4
    (total,) = struct.unpack("!H", data[2:4])
    source, destination = socket.inet_ntoa(data[12:16]), socket.inet_ntoa(data[16:20])
    return data[8], source, destination, data[length:total]
