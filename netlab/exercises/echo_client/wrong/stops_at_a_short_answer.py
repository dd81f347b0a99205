"""M39: it stopped reading before the echo was whole.

recv returns what is there, and more may come. Only the count, or the end, says that it is all.
Read again: lesson 20, "They talk".
"""

import socket


def echo_client(address, data):
    with socket.create_connection(address, timeout=5) as sock:
        sock.sendall(data)
        echo = b""
        while len(echo) < len(data):
            chunk = sock.recv(1024)
            if chunk == b"":
                raise EOFError(f"the stream ended after {len(echo)} of {len(data)} bytes")
            echo += chunk
            if len(chunk) < 1024:
                break
    return echo
