def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        chunk = sock.recv(n - len(data))
        if chunk == b"":
            raise EOFError(f"the stream ended after {len(data)} of {n} bytes")
        data += chunk
    return data
