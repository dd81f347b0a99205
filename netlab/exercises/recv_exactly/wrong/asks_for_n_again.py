"""M09: each recv asks for n bytes again, and so takes bytes of the next message.

What is received is gone from the stream. Ask for what is missing: n minus what you have.
Read again: lesson 21, "Six readers that look right", reader 3.
"""


def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        chunk = sock.recv(n)
        if not chunk:
            raise EOFError(f"the stream ended after {len(data)} of {n} bytes")
        data += chunk
    return data
