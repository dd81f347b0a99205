"""M16: a reset was taken for an orderly end.

ConnectionResetError says that the connection is dead. Let it pass: only b"" is an orderly end.
Read again: lesson 21, "Trouble in the middle".
"""


def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        try:
            chunk = sock.recv(n - len(data))
        except OSError:
            chunk = b""
        if not chunk:
            raise EOFError(f"the stream ended after {len(data)} of {n} bytes")
        data += chunk
    return data
