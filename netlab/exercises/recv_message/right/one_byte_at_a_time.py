def recv_message(sock, limit):
    length = 0
    for _ in range(4):
        length = 256 * length + one(sock)
    if length > limit:
        raise ValueError("too long")
    return bytes(one(sock) for _ in range(length))


def one(sock):
    byte = sock.recv(1)
    if not byte:
        raise EOFError("the stream ended in the middle of a message")
    return byte[0]
