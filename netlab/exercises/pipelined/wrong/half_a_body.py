"""M39: the end of the stream was taken for the end of a body.

Content-Length says how many bytes belong to it. If fewer come, raise EOFError.
Read again: lesson 31, "Where does the body end?".
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
    return stream.read(length)


def pipelined(address, paths):
    host, port = address
    requests = [f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n" for path in paths]
    with socket.create_connection(address, timeout=10) as sock, sock.makefile("rb") as stream:
        sock.sendall("".join(requests).encode())
        return [read_reply(stream) for _ in paths]
