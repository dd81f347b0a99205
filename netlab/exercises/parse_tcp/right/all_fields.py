import struct


def parse_tcp(data):
    view = memoryview(data)
    source, destination, _, _, bits, _, _, _ = struct.unpack_from(">HHIIHHHH", view)
    return source, destination, view[(bits >> 12) * 4 :]
