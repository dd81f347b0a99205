import socket


def greet(address):
    with socket.create_server(address) as listener, listener.accept()[0] as conn:
        conn.sendall(b"hello\n")
