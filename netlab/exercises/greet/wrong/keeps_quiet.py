"""M19: the error of a port in use was swallowed.

SO_REUSEADDR does not let two servers share a port, so this start has failed. Let the error pass.
Read again: lesson 16, "The port that stays taken".
"""

import socket


def greet(address):
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
        except OSError:
            return
        listener.listen()
        conn, _ = listener.accept()
        with conn:
            conn.sendall(b"hello\n")
