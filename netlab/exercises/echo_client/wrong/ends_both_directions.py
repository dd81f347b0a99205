"""M15: both directions were ended, where one was meant.

SHUT_RDWR also ends what you still want to receive. SHUT_WR says only that you send no more.
Read again: lesson 20, "A server program, taken from an article".
"""

import socket


def echo_client(address, data):
    with socket.create_connection(address, timeout=5) as sock:
        sock.sendall(data)
        sock.shutdown(socket.SHUT_RDWR)
        echo = b""
        while len(echo) < len(data):
            chunk = sock.recv(4096)
            if chunk == b"":
                raise EOFError(f"the stream ended after {len(echo)} of {len(data)} bytes")
            echo += chunk
    return echo
