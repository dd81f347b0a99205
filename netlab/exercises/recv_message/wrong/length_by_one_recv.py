"""M03: recv(4) was taken for exactly 4 bytes.

The length is a message too, and can be cut like any other. Read it with recv_exactly.
Read again: lesson 21, "Six readers that look right", reader 5.
"""

import struct


def recv_message(sock, limit):
    (length,) = struct.unpack("!I", sock.recv(4))
    if length > limit:
        raise ValueError(f"a message of {length} bytes, the limit is {limit}")
    return recv_exactly(sock, length)
