"""M39: the end of the stream was taken for the end of the message.

When b"" comes too early, the message is broken. Raise EOFError, so that the caller knows.
Read again: lesson 21, "Six readers that look right", reader 6.
"""


def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        chunk = sock.recv(n - len(data))
        if not chunk:
            break
        data += chunk
    return data
