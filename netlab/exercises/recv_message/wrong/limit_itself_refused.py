"""M13: the limit itself was refused.

The task says: refuse what is above the limit. A message of exactly that length is allowed.
Read again: lesson 21, "Build".
"""

import struct


def recv_message(sock, limit):
    (length,) = struct.unpack("!I", recv_exactly(sock, 4))
    if length >= limit:
        raise ValueError(f"a message of {length} bytes, the limit is {limit}")
    return recv_exactly(sock, length)
