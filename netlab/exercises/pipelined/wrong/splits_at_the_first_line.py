"""M08: the replies were told apart by the words HTTP/1.1, and a body may hold them, too.

Only its length says where a body ends. Count bytes, and do not search in bodies.
Read again: lesson 31, "Where does the body end?".
"""

import socket


def pipelined(address, paths):
    host, port = address
    requests = [f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n" for path in paths]
    requests[-1] += "Connection: close\r\n"
    with socket.create_connection(address) as sock:
        sock.sendall(("\r\n".join(requests) + "\r\n").encode())
        data = b""
        while chunk := sock.recv(65536):
            data += chunk
    replies = data.split(b"HTTP/1.1 ")[1:]
    bodies = [reply.partition(b"\r\n\r\n")[2] for reply in replies]
    if len(bodies) < len(paths):
        raise EOFError
    return bodies
