"""M01: the last recv was taken for the whole message.

Each recv brings the next part of the message. Add the parts up, and return all of them.
Read again: lesson 21, "The same code, a little further away".
"""


def recv_exactly(sock, n):
    count, data = 0, b""
    while count < n:
        data = sock.recv(n - count)
        if not data:
            raise EOFError(f"the stream ended after {count} of {n} bytes")
        count += len(data)
    return data
