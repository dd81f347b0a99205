"""M13: the body was read before its length was judged.

The harm is done by then: the memory is full. Compare the length with the limit first.
Read again: lesson 21, "Six readers that look right", reader 5.
"""

import struct


def recv_message(sock, limit):
    (length,) = struct.unpack("!I", recv_exactly(sock, 4))
    data = recv_exactly(sock, length)
    if len(data) > limit:
        raise ValueError(f"a message of {length} bytes, the limit is {limit}")
    return data
