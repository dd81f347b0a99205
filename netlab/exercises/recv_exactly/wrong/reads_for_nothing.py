"""M06: b"" was taken for the end of the stream, but nothing had been asked for.

For n = 0 there is nothing to read, and recv(0) returns b"" on any stream. Return b"" at once.
Read again: lesson 21, "Six readers that look right", reader 6.
"""


def recv_exactly(sock, n):
    data = b""
    while True:
        chunk = sock.recv(n - len(data))
        if not chunk:
            raise EOFError(f"the stream ended after {len(data)} of {n} bytes")
        data += chunk
        if len(data) == n:
            return data
