"""M02: each recv was taken for one reply.

Replies that were sent one by one may arrive together, or in pieces.
Read again: lesson 33, "Do not wait for the answer".
"""

import socket


def pipelined(address, paths):
    host, port = address
    requests = [f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n" for path in paths]
    with socket.create_connection(address) as sock:
        sock.sendall("".join(requests).encode())
        return [sock.recv(65536).partition(b"\r\n\r\n")[2] for _ in paths]
