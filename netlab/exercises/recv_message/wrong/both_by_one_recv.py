"""M03: recv(n) was taken for exactly n bytes, for the length and for the body.

recv returns what is there: at least one byte, at most n. recv_exactly returns n.
Read again: lesson 21, "The same code, a little further away".
"""

import struct


def recv_message(sock, limit):
    (length,) = struct.unpack("!I", sock.recv(4))
    if length > limit:
        raise ValueError(f"a message of {length} bytes, the limit is {limit}")
    return sock.recv(length)
