import socket


def echo_client(address, data):
    with socket.create_connection(address, timeout=5) as sock:
        sock.sendall(data)
        echo = b""
        while len(echo) < len(data):
            chunk = sock.recv(4096)
            if chunk == b"":
                raise EOFError(f"the stream ended after {len(echo)} of {len(data)} bytes")
            echo += chunk
    return echo
