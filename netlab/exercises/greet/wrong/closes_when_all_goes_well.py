"""M14: an error on the way leaves the connection open.

close() stands behind the line that raises, and is never reached. `with` closes in every case.
Read again: lesson 16, "Rude goodbyes".
"""

import socket


def greet(address):
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
        conn, _ = listener.accept()
        conn.sendall(b"hello\n")
        conn.close()
