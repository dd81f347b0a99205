"""M25: it listened at all addresses of the machine.

"" stands for all of them, the ones that strangers reach too. bind takes the address as it is.
Read again: lesson 16, "Two kernels".
"""

import socket


def greet(address):
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("", address[1]))
        listener.listen()
        conn, _ = listener.accept()
        with conn:
            conn.sendall(b"hello\n")
