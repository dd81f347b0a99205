"""M15: a half-close was taken for a close.

shutdown(SHUT_WR) ends one direction and keeps the socket. close() gives it back.
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
    sock.shutdown(socket.SHUT_WR)
    return echo
