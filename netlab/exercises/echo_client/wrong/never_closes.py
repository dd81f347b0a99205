"""M14: the connection was never closed.

The server waits for your end, and Python may close late. `with` closes, also after an error.
Read again: lesson 20, "First errors, on purpose".
"""

import socket


def echo_client(address, data):
    sock = socket.create_connection(address, timeout=5)
    if sock:
        sock.sendall(data)
        echo = b""
        while len(echo) < len(data):
            chunk = sock.recv(4096)
            if chunk == b"":
                raise EOFError(f"the stream ended after {len(echo)} of {len(data)} bytes")
            echo += chunk
    return echo
