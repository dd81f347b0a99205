"""M01: one recv was taken for all replies.

It returns what is there: a part of a reply, or several. Read as much as each head announces.
Read again: lesson 31, "Where does the body end?".
"""

import re
import socket


def pipelined(address, paths):
    host, port = address
    requests = [f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n" for path in paths]
    with socket.create_connection(address) as sock:
        sock.sendall("".join(requests).encode())
        data = sock.recv(65536)
    bodies = []
    while match := re.match(
        rb"HTTP/1.1 .*?\r\ncontent-length: (\d+).*?\r\n\r\n", data, re.I | re.S
    ):
        end = match.end() + int(match[1])
        bodies.append(data[match.end() : end])
        data = data[end:]
    return bodies
