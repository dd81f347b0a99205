import struct


def parse_tcp(data):
    length = (data[12] >> 4) * 4
    source_port, destination_port = struct.unpack("!HH", data[:4])
    return source_port, destination_port, data[length:]
