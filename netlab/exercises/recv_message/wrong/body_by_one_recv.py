"""M01: one recv was taken for the whole body.

The length says how many bytes belong to it, and they may come in pieces. Use recv_exactly.
Read again: lesson 21, "The same code, a little further away".
"""

import struct


def recv_message(sock, limit):
    (length,) = struct.unpack("!I", recv_exactly(sock, 4))
    if length > limit:
        raise ValueError(f"a message of {length} bytes, the limit is {limit}")
    return sock.recv(length)
