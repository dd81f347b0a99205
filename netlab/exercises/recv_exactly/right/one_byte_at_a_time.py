def recv_exactly(sock, n):
    pieces = []
    for _ in range(n):
        byte = sock.recv(1)
        if not byte:
            raise EOFError(f"got {len(pieces)} of {n}")
        pieces.append(byte)
    return b"".join(pieces)
