import socket


def greet(address):
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
        conn, _ = listener.accept()
        with conn:
            conn.sendall(b"hello\n")
