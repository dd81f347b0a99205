"""M14: an error on the way leaves the connection open.

close() stands behind the line that raises, and is never reached. `with` closes in every case.
Read again: lesson 20, "A server program, taken from an article".
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
    sock.close()
    return echo
