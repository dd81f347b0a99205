"""M06: the end of the stream was taken for one more line of the head.

readline() returns b"" when the stream has ended, again and again. Raise EOFError.
Read again: lesson 31, "Where does the body end?".
"""

import socket


def read_reply(stream):
    length = 0
    while (line := stream.readline()) != b"\r\n":
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
        sock.sendall("".join(requests).encode())
        return [read_reply(stream) for _ in paths]
