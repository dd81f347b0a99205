"""M09: what came along with a reply was thrown away.

It is the beginning of the next one. Keep one buffer for all replies.
Read again: lesson 33, "Do not wait for the answer".
"""

import socket


def pipelined(address, paths):
    host, port = address
    requests = [f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n" for path in paths]
    with socket.create_connection(address) as sock:
        sock.sendall("".join(requests).encode())
        bodies = []
        for _ in paths:
            data = b""
            while b"\r\n\r\n" not in data:
                data += receive(sock)
            head, _, body = data.partition(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
            while len(body) < length:
                body += receive(sock)
            bodies.append(body[:length])
        return bodies


def receive(sock):
    chunk = sock.recv(65536)
    if not chunk:
        raise EOFError("the stream has ended")
    return chunk
