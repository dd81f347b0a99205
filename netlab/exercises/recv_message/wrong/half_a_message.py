"""M39: the end of the stream was taken for the end of the message.

When b"" comes too early, the message is broken. Raise EOFError, so that the caller knows.
Read again: lesson 21, "Six readers that look right", reader 6.
"""

import struct


def recv_message(sock, limit):
    (length,) = struct.unpack("!I", recv_exactly(sock, 4))
    if length > limit:
        raise ValueError(f"a message of {length} bytes, the limit is {limit}")
    data = b""
    while len(data) < length:
        chunk = sock.recv(length - len(data))
        if not chunk:
            break
        data += chunk
    return data
