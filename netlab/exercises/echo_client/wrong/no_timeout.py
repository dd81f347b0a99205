"""M16: a silent server was trusted to say something at last.

Without a timeout recv waits for ever, and prints no error. create_connection takes timeout=5.
Read again: lesson 20, "They talk".
"""

import socket


def echo_client(address, data):
    with socket.create_connection(address) as sock:
        sock.sendall(data)
        echo = b""
        while len(echo) < len(data):
            chunk = sock.recv(4096)
            if chunk == b"":
                raise EOFError(f"the stream ended after {len(echo)} of {len(data)} bytes")
            echo += chunk
    return echo
