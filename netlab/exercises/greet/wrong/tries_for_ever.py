"""M18: bind was called again and again, until it works.

A server may keep its port for years. Set SO_REUSEADDR against TIME-WAIT, and let errors pass.
Read again: lesson 16, "The port that stays taken".
"""

import socket


def greet(address):
    with socket.socket() as listener:
        while True:
            try:
                listener.bind(address)
                break
            except OSError:
                continue
        listener.listen()
        conn, _ = listener.accept()
        with conn:
            conn.sendall(b"hello\n")
