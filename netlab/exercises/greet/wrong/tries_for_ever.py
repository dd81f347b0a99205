"""M18: bind was called again and again, until it works.

Another server may keep the port for years, and a TIME-WAIT lasts a minute. Set SO_REUSEADDR, and
let the error pass.
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
