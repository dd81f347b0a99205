"""M39: a short answer was taken for the last one.

A recv that returns less than it was asked for says what has arrived so far, not that it was all.
Read again: lesson 21, "Six readers that look right", reader 1.
"""


def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        asked = min(4, n - len(data))
        chunk = sock.recv(asked)
        if not chunk:
            raise EOFError(f"the stream ended after {len(data)} of {n} bytes")
        data += chunk
        if len(chunk) < asked:
            break
    return data
