"""M02: what one recv returned was taken for one message.

Two messages may arrive together. Ask for n bytes and no more, or the next message comes along.
Read again: lesson 21, "Joined, too".
"""


def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        chunk = sock.recv(4096)
        if not chunk:
            raise EOFError(f"the stream ended after {len(data)} of {n} bytes")
        data += chunk
    return data
