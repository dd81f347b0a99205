"""M39: the end of the stream was taken for the end of the echo.

When b"" comes too early, the echo is not whole. Raise EOFError, so that the caller knows.
Read again: lesson 20, "They talk".
"""

import socket


def echo_client(address, data):
    with socket.create_connection(address, timeout=5) as sock:
        sock.sendall(data)
        echo = b""
        while len(echo) < len(data):
            chunk = sock.recv(4096)
            if chunk == b"":
                break
            echo += chunk
    return echo
