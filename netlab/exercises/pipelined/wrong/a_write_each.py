"""M28: the questions leave in as many writes, as if each write left at once.

A small write may wait for the ACK of the one before. Join the questions, and send them once.
Read again: lesson 33, "Forty milliseconds that belong to nobody".
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
    with socket.create_connection(address, timeout=10) as sock, sock.makefile("rb") as stream:
        for request in requests:
            sock.sendall(request.encode())
        return [read_reply(stream) for _ in paths]
