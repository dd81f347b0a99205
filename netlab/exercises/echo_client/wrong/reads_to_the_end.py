"""M07: it reads until the stream ends, but the server waits for your end first.

b"" comes when the other side ends its stream. Half-close before you read, or count the bytes.
Read again: lesson 20, "A server program, taken from an article".
"""

import socket


def echo_client(address, data):
    with socket.create_connection(address, timeout=5) as sock:
        sock.sendall(data)
        echo = b""
        while True:
            chunk = sock.recv(4096)
            if chunk == b"":
                break
            echo += chunk
    return echo
