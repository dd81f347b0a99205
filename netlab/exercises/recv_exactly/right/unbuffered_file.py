def recv_exactly(sock, n):
    with sock.makefile("rb", buffering=0) as stream:
        data = b""
        while len(data) != n:
            more = stream.read(n - len(data))
            if not more:
                raise EOFError(f"expected {n} bytes, came {len(data)}")
            data += more
    return data
