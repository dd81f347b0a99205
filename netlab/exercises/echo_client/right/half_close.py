import socket


def echo_client(address, data):
    with socket.create_connection(address, timeout=5) as sock, sock.makefile("rb") as stream:
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)
        echo = stream.read()
    if len(echo) < len(data):
        raise EOFError("the echo is not whole")
    return echo
