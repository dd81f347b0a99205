import socket


def greet(address):
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(0)
        conn = listener.accept()[0]
    with conn:
        conn.sendall(b"hello\n")
        conn.shutdown(socket.SHUT_WR)
