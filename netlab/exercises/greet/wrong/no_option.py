"""M18: the port was taken to be free when its sockets are closed.

TIME-WAIT keeps it for a minute. SO_REUSEADDR, set before bind, lets the next start pass.
Read again: lesson 16, "The port that stays taken".
"""

import socket


def greet(address):
    with socket.socket() as listener:
        listener.bind(address)
        listener.listen()
        conn, _ = listener.accept()
        with conn:
            conn.sendall(b"hello\n")
