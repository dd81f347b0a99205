"""M22: the listener was never closed.

It is a socket of its own. While it is open, the next start finds the port in use.
Read again: lesson 16, "The port that stays taken".
"""

import socket


def greet(address):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(address)
    listener.listen()
    conn, _ = listener.accept()
    with conn:
        conn.sendall(b"hello\n")
