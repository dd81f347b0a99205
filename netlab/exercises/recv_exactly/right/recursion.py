def recv_exactly(sock, n, total=None):
    total = n if total is None else total
    if n == 0:
        return b""
    chunk = sock.recv(min(n, 65536))
    if len(chunk) == 0:
        raise EOFError(f"{total - n} of {total} bytes")
    return chunk + recv_exactly(sock, n - len(chunk), total)
