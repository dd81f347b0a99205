"""M07: it reads until the stream ends, but the server keeps the connection open.

Nobody asked it to close. Count the replies by their lengths, or say Connection: close at last.
Read again: lesson 33, "Do not wait for the answer".
"""

import re
import socket


def pipelined(address, paths):
    host, port = address
    requests = [f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n" for path in paths]
    with socket.create_connection(address) as sock:
        sock.sendall("".join(requests).encode())
        data = b""
        while chunk := sock.recv(65536):
            data += chunk
    bodies = []
    while match := re.match(
        rb"HTTP/1.1 .*?\r\ncontent-length: (\d+).*?\r\n\r\n", data, re.I | re.S
    ):
        end = match.end() + int(match[1])
        bodies.append(data[match.end() : end])
        data = data[end:]
    return bodies
