import re
import socket


def pipelined(address, paths):
    question = ""
    for path in paths:
        question += f"GET {path} HTTP/1.1\r\nHost: {address[0]}\r\n"
        question += "Connection: close\r\n\r\n" if len(question) and path is paths[-1] else "\r\n"
    if len(paths) == 1:
        question = f"GET {paths[0]} HTTP/1.1\r\nHost: {address[0]}\r\nConnection: close\r\n\r\n"
    data, bodies = bytearray(), []
    with socket.create_connection(address) as sock:
        sock.sendall(question.encode())
        while chunk := sock.recv(65536):
            data.extend(chunk)
    for _ in paths:
        head, empty, rest = data.partition(b"\r\n\r\n")
        if not empty:
            raise EOFError("no head")
        length = int(re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)[1])
        if len(rest) < length:
            raise EOFError("half a body")
        bodies.append(bytes(rest[:length]))
        data = rest[length:]
    return bodies
