"""M10: each chunk was turned into text on its own.

A cut may fall inside a letter, and not all bytes are text. Collect bytes, and return bytes.
Read again: lesson 20, "They talk".
"""

import socket


def echo_client(address, data):
    with socket.create_connection(address, timeout=5) as sock:
        sock.sendall(data)
        echo = ""
        while len(echo.encode()) < len(data):
            chunk = sock.recv(4096)
            if chunk == b"":
                raise EOFError(f"the stream ended after {len(echo)} of {len(data)} bytes")
            echo += chunk.decode()
    return echo.encode()
