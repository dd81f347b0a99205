"""M06: b"" was taken for "nothing yet".

b"" says that the stream has ended, and each further recv returns it again, at once, for ever.
Read again: lesson 21, "Six readers that look right", reader 6.
"""


def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        data += sock.recv(n - len(data))
    return data
