"""M09: each reply was read through a new file, which reads ahead.

What the first file took too much is lost with it. Make one file for all replies.
Read again: lesson 33, "Do not wait for the answer".
"""

import socket


def read_reply(stream):
    length = 0
    while (line := stream.readline()) != b"\r\n":
        if not line.endswith(b"\n"):
            raise EOFError("the stream ended in the head of a reply")
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    body = stream.read(length)
    if len(body) < length:
        raise EOFError(f"the stream ended after {len(body)} of {length} bytes of a body")
    return body


def pipelined(address, paths):
    host, port = address
    requests = [f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n" for path in paths]
    with socket.create_connection(address, timeout=10) as sock:
        sock.sendall("".join(requests).encode())
        return [read_reply(sock.makefile("rb")) for _ in paths]
