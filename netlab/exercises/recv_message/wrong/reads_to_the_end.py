"""M07: it reads until the stream ends, but the peer keeps the stream open.

b"" comes when the peer closes its side. The length says how many bytes to wait for.
Read again: lesson 21, "Four ways to say where a message ends".
"""

import struct


def recv_message(sock, limit):
    (length,) = struct.unpack("!I", recv_exactly(sock, 4))
    if length > limit:
        raise ValueError(f"a message of {length} bytes, the limit is {limit}")
    data = b""
    while chunk := sock.recv(4096):
        data += chunk
    if len(data) < length:
        raise EOFError("the stream has ended")
    return data[:length]
