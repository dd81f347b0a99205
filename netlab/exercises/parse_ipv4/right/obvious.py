import socket
import struct


def parse_ipv4(data):
    length = (data[0] & 15) * 4
    (total,) = struct.unpack("!H", data[2:4])
    source, destination = socket.inet_ntoa(data[12:16]), socket.inet_ntoa(data[16:20])
    return data[8], source, destination, data[length:total]
