"""M01: the last recv was taken for the whole echo.

Each recv brings the next part. Add the parts up, and return all of them.
Read again: lesson 20, "A pair of datagrams".
"""

import socket


def echo_client(address, data):
    with socket.create_connection(address, timeout=5) as sock:
        sock.sendall(data)
        missing = len(data)
        while missing > 0:
            echo = sock.recv(4096)
            if echo == b"":
                raise EOFError("the stream ended too early")
            missing -= len(echo)
    return echo
