"""M16: a reset was taken for an orderly end.

ConnectionResetError says that the connection is dead. Let it pass: do not catch it here.
Read again: lesson 20, "A server program, taken from an article".
"""

import socket


def echo_client(address, data):
    with socket.create_connection(address, timeout=5) as sock:
        sock.sendall(data)
        echo = b""
        while len(echo) < len(data):
            try:
                chunk = sock.recv(4096)
            except ConnectionResetError:
                chunk = b""
            if chunk == b"":
                raise EOFError(f"the stream ended after {len(echo)} of {len(data)} bytes")
            echo += chunk
    return echo
