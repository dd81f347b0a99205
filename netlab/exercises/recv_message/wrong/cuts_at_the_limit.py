"""M13: a message over the limit was shortened to the limit.

The rest stays in the stream and will be read as the next length. Raise ValueError.
Read again: lesson 21, "Six readers that look right", reader 5.
"""

import struct


def recv_message(sock, limit):
    (length,) = struct.unpack("!I", recv_exactly(sock, 4))
    return recv_exactly(sock, min(length, limit))
