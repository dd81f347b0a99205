import socket


def echo_client(address, data):
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.settimeout(5)
        sock.connect(address)
        rest = data
        while rest:
            rest = rest[sock.send(rest) :]
        echo = []
        for _ in data:
            byte = sock.recv(1)
            if not byte:
                raise EOFError("too early")
            echo.append(byte)
        return b"".join(echo)
    finally:
        sock.close()
