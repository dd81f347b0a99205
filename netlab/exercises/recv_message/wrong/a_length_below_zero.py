"""M12: the length was read as a number with a sign.

4294967295 becomes -1, and -1 is below every limit. "!I" has no sign, "!i" has one.
Read again: lesson 21, "Six readers that look right", reader 5.
"""

import struct


def recv_message(sock, limit):
    (length,) = struct.unpack("!i", recv_exactly(sock, 4))
    if length > limit:
        raise ValueError(f"a message of {length} bytes, the limit is {limit}")
    return recv_exactly(sock, length)
