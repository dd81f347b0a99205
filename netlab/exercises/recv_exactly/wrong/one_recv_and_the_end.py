"""M03: a recv that brings something was taken for all n bytes.

recv returns what is there: at least one byte, at most n. Ask again for what is missing.
Read again: lesson 21, "The same code, a little further away".
"""


def recv_exactly(sock, n):
    data = sock.recv(n)
    if n and not data:
        raise EOFError(f"the stream ended after 0 of {n} bytes")
    return data
