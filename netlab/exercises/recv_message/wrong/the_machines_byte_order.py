"""M12: the number was read as this machine keeps numbers, little end first.

Network byte order is big end first: "!I". Read little end first, 5 becomes 83886080.
Read again: lesson 21, "Six readers that look right", reader 5.
"""

import struct


def recv_message(sock, limit):
    (length,) = struct.unpack("I", recv_exactly(sock, 4))
    if length > limit:
        raise ValueError(f"a message of {length} bytes, the limit is {limit}")
    return recv_exactly(sock, length)
