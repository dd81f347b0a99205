"""M21: it accepted a second client, and served on.

One run serves one client. The others stay in the queue, for whoever comes next.
Read again: lesson 16, "A queue that is full".
"""

import socket


def greet(address):
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
        while True:
            conn, _ = listener.accept()
            with conn:
                conn.sendall(b"hello\n")
