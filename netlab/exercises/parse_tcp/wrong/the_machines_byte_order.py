"""M12: the ports were read as this machine keeps numbers, little end first.

A `!` is missing. Without it port 80 becomes 20480.
Read again: lesson 11, "IPv4: to the host".
"""

import struct


def parse_tcp(data):
    length = (data[12] >> 4) * 4
    return *struct.unpack("HH", data[:4]), data[length:]
