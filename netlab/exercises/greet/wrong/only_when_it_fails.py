"""M18: SO_REUSEADDR was set only when bind had failed.

Then it is too late: the first run has left a TIME-WAIT without the option. Set it on every start.
Read again: lesson 16, "The port that stays taken".
"""

import socket


def greet(address):
    with socket.socket() as listener:
        try:
            listener.bind(address)
        except OSError:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
        listener.listen()
        conn, _ = listener.accept()
        with conn:
            conn.sendall(b"hello\n")
