import struct


def recv_message(sock, limit):
    (length,) = struct.unpack("!I", recv_exactly(sock, 4))
    if length > limit:
        raise ValueError(f"a message of {length} bytes is announced, the limit is {limit}")
    return recv_exactly(sock, length)
