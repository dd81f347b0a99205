"""M04: send was taken to send everything.

send hands over what fits and returns how much that was. sendall sends until all is taken.
Read again: lesson 20, "A server program, taken from an article".
"""

import socket


def echo_client(address, data):
    with socket.create_connection(address, timeout=5) as sock:
        sock.send(data)
        echo = b""
        while len(echo) < len(data):
            chunk = sock.recv(4096)
            if chunk == b"":
                raise EOFError(f"the stream ended after {len(echo)} of {len(data)} bytes")
            echo += chunk
    return echo
