import socket


def pipelined(address, paths):
    sock = socket.socket()
    sock.connect(address)
    try:
        sock.sendall(
            b"".join(b"GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" % p.encode() for p in paths)
        )
        bodies = []
        for _ in paths:
            head = take(sock, lambda data: data.endswith(b"\r\n\r\n"))
            (length,) = (
                int(line.split(b":")[1])
                for line in head.split(b"\r\n")
                if line[:15].lower() == b"content-length:"
            )
            bodies.append(take(sock, lambda data, length=length: len(data) == length))
        return bodies
    finally:
        sock.close()


def take(sock, is_enough):
    data = b""
    while not is_enough(data):
        byte = sock.recv(1)
        if byte == b"":
            raise EOFError
        data += byte
    return data
