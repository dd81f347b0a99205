def recv_exactly(sock, n):
    buffer = bytearray(n)
    view = memoryview(buffer)
    filled = 0
    while filled < n:
        count = sock.recv_into(view[filled:])
        if count == 0:
            raise EOFError(f"{filled} bytes of {n}, then the stream ended")
        filled += count
    return buffer
