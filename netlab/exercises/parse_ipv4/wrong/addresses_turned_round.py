"""M12: the addresses were read little end first.

The first byte on the wire is the first number of the address.
Read again: lesson 11, "IPv4: to the host".
"""

import ipaddress
import struct


def parse_ipv4(data):
    length = (data[0] & 15) * 4
    (total,) = struct.unpack("!H", data[2:4])
    source, destination = struct.unpack("<II", data[12:20])
    source, destination = ipaddress.IPv4Address(source), ipaddress.IPv4Address(destination)
    return data[8], str(source), str(destination), data[length:total]
