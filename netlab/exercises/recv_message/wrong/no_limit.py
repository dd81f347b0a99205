"""M13: the length was trusted.

Those four bytes come from a stranger and may announce 4 gigabytes. Compare them with the limit.
Read again: lesson 21, "Six readers that look right", reader 5.
"""

import struct


def recv_message(sock, limit):
    (length,) = struct.unpack("!I", recv_exactly(sock, 4))
    return recv_exactly(sock, length)
