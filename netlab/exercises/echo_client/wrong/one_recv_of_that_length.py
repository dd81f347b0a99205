"""M03: recv(n) was taken for exactly n bytes.

recv returns what is there: at least one byte, at most n. Ask again for what is missing.
Read again: lesson 20, "They talk".
"""

import socket


def echo_client(address, data):
    with socket.create_connection(address, timeout=5) as sock:
        sock.sendall(data)
        echo = sock.recv(len(data))
    if echo == b"":
        raise EOFError("no echo")
    return echo
