"""M09: bytes of the next message were received and thrown away.

What is received is gone from the stream. Do not ask for more than what is missing.
Read again: lesson 21, "Six readers that look right", reader 3.
"""


def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        chunk = sock.recv(4096)
        if not chunk:
            raise EOFError(f"the stream ended after {len(data)} of {n} bytes")
        data += chunk
    return data[:n]
