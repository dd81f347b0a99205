"""M09: bytes of the next message were received and thrown away.

What is received is gone from the stream. Read the length, then that many bytes, no more.
Read again: lesson 21, "Six readers that look right", reader 3.
"""

import struct


def recv_message(sock, limit):
    data = b""
    while len(data) < 4 or len(data) < 4 + struct.unpack("!I", data[:4])[0]:
        chunk = sock.recv(4096)
        if not chunk:
            raise EOFError("the stream has ended")
        data += chunk
        if len(data) >= 4 and struct.unpack("!I", data[:4])[0] > limit:
            raise ValueError("above the limit")
    return data[4 : 4 + struct.unpack("!I", data[:4])[0]]
