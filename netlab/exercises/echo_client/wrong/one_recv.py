"""M01: one recv was taken for the whole echo.

A stream has no edges: what was sent at once may come back in pieces. Receive until all is there.
Read again: lesson 20, "A pair of datagrams".
"""

import socket


def echo_client(address, data):
    with socket.create_connection(address, timeout=5) as sock:
        sock.sendall(data)
        return sock.recv(4096)
