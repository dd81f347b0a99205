"""M18: SO_REUSEADDR was set after bind.

bind is the call that fails, so the option must be there before it.
Read again: lesson 16, "The port that stays taken".
"""

import socket


def greet(address):
    with socket.socket() as listener:
        listener.bind(address)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.listen()
        conn, _ = listener.accept()
        with conn:
            conn.sendall(b"hello\n")
