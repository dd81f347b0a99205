"""M24: the client asked for the server's address as its own.

bind names your own end, and the server has that port. A client needs no bind, only connect.
Read again: lesson 20, "The client calls".
"""

import socket


def echo_client(address, data):
    with socket.socket() as sock:
        sock.settimeout(5)
        sock.bind(address)
        sock.connect(address)
        sock.sendall(data)
        return sock.recv(4096)
