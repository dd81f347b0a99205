"""M03: recv(n) was taken for exactly n bytes.

recv returns what is there: at least one byte, at most n. Ask again for what is missing.
Read again: lesson 21, "The same code, a little further away".
"""


def recv_exactly(sock, n):
    return sock.recv(n)
