"""M15: the connection was only half closed.

shutdown(SHUT_WR) says goodbye and keeps the socket. close() gives it back.
Read again: lesson 16, "Half a goodbye".
"""

import socket


def greet(address):
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
        conn, _ = listener.accept()
        conn.sendall(b"hello\n")
        conn.shutdown(socket.SHUT_WR)
