"""M03: a second recv was taken for enough.

A stream may be cut anywhere, any number of times. Ask in a loop, until nothing is missing.
Read again: lesson 21, "The same code, a little further away".
"""


def recv_exactly(sock, n):
    data = sock.recv(n)
    if len(data) < n:
        data += sock.recv(n - len(data))
    if n and not data:
        raise EOFError(f"the stream ended after 0 of {n} bytes")
    return data
