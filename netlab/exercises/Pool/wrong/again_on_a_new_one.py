"""M41: a request that failed on a new connection was sent again.

Only a kept one may have died while nobody looked. If a new one fails, raise the error.
Read again: lesson 33, "Eight parts, one after the other".
"""

import socket

REPEATABLE = ("GET", "PUT", "DELETE")


class Pool:
    def __init__(self):
        self.idle = {}

    def request(self, address, method, path, body=b""):
        sock = self.idle.pop(address, None) or socket.create_connection(address, timeout=10)
        try:
            return self.ask(sock, address, method, path, body)
        except (OSError, EOFError):
            if method not in REPEATABLE:
                raise
        sock = socket.create_connection(address, timeout=10)
        return self.ask(sock, address, method, path, body)

    def ask(self, sock, address, method, path, body):
        head = f"{method} {path} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\n"
        head += f"Content-Length: {len(body)}\r\n\r\n"
        try:
            sock.sendall(head.encode() + body)
            reply, closes = read_reply(sock)
        except (OSError, EOFError):
            sock.close()
            raise
        if closes:
            sock.close()
        else:
            self.idle[address] = sock
        return reply


def read_reply(sock):
    length, closes = 0, False
    with sock.makefile("rb") as stream:
        while (line := stream.readline()) != b"\r\n":
            if not line.endswith(b"\n"):
                raise EOFError("the stream ended before a whole head had come")
            name, _, value = line.lower().partition(b":")
            if name == b"content-length":
                length = int(value)
            if name == b"connection":
                closes = value.strip() == b"close"
        body = stream.read(length)
    if len(body) < length:
        raise EOFError(f"the stream ended after {len(body)} of {length} bytes of a body")
    return body, closes
