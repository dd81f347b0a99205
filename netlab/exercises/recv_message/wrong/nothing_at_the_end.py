"""M06: b"" was returned for the end of the stream, but b"" is what an empty message looks like.

The caller could not tell the two apart. Let recv_exactly's EOFError pass.
Read again: lesson 21, "Six readers that look right", reader 6.
"""

import struct


def recv_message(sock, limit):
    try:
        (length,) = struct.unpack("!I", recv_exactly(sock, 4))
    except EOFError:
        return b""
    if length > limit:
        raise ValueError(f"a message of {length} bytes, the limit is {limit}")
    return recv_exactly(sock, length)
