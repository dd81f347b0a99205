"""M07: it reads until the stream ends, but the peer keeps the stream open.

b"" comes when the peer closes its side. Between two messages it does not: count the bytes.
Read again: lesson 21, "Four ways to say where a message ends".
"""


def recv_exactly(sock, n):
    data = b""
    while chunk := sock.recv(4096):
        data += chunk
    if len(data) < n:
        raise EOFError(f"the stream ended after {len(data)} of {n} bytes")
    return data[:n]
