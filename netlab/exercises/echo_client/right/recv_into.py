from socket import SO_KEEPALIVE, SOL_SOCKET, setdefaulttimeout, socket


def echo_client(address, data):
    setdefaulttimeout(3)
    echo = bytearray(len(data))
    with memoryview(echo) as free, socket() as sock:
        sock.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1)
        sock.bind(("127.0.0.1", 0))
        sock.connect(address)
        for start in range(0, len(data), 100):
            sock.sendall(data[start : start + 100])
        filled = 0
        while filled < len(data):
            got = sock.recv_into(free[filled:])
            if got == 0:
                raise EOFError(filled)
            filled += got
    return bytes(echo)
