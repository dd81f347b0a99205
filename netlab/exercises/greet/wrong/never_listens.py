"""M20: accept was called on a socket that does not listen.

bind gives a socket its address. listen tells the kernel to shake hands for it.
Read again: lesson 16, "Three packets, and nobody home".
"""

import socket


def greet(address):
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        conn, _ = listener.accept()
        with conn:
            conn.sendall(b"hello\n")
