"""M45: the field was looked for in capital letters only.

Content-Length and content-length are the same name. Compare with lower().
Read again: lesson 31, "Eight small changes".
"""

import socket


def read_reply(stream):
    length = 0
    while (line := stream.readline()) != b"\r\n":
        if not line.endswith(b"\n"):
            raise EOFError("the stream ended in the head of a reply")
        name, _, value = line.partition(b":")
        if name == b"Content-Length":
            length = int(value)
    body = stream.read(length)
    if len(body) < length:
        raise EOFError(f"the stream ended after {len(body)} of {length} bytes of a body")
    return body


def pipelined(address, paths):
    host, port = address
    requests = [f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n" for path in paths]
    with socket.create_connection(address, timeout=10) as sock, sock.makefile("rb") as stream:
        sock.sendall("".join(requests).encode())
        return [read_reply(stream) for _ in paths]
