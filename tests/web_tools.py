"""What the tests of the web server share: talk in raw bytes, read replies strictly."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from typing import Any

FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+): ([!-~][ -~]*|)\r\n")


@dataclass
class Answer:
    """One reply: `fields` by lower-case name, `whole` if its body is as long as it says."""

    status: int
    fields: dict[str, str]
    body: bytes
    whole: bool = True


def connect(server: Any, timeout: float = 5.0) -> socket.socket:
    return socket.create_connection(server.address, timeout)


def talk(server: Any, data: bytes, *, end: bool = False, timeout: float = 5.0) -> bytes:
    """Send `data`, half-close if `end`, and read until the server closes; TimeoutError if never."""
    with connect(server, timeout) as sock:
        try:
            sock.sendall(data)
            if end:
                sock.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # refused before all was sent: what it said is there all the same
        return to_the_end(sock)


def to_the_end(sock: socket.socket) -> bytes:
    data = b""
    try:
        while piece := sock.recv(65536):
            data += piece
    except ConnectionError:
        pass
    return data


def replies(data: bytes, *methods: str) -> list[Answer]:
    """Read `data` as replies to requests with these methods (GET if not said), nothing left."""
    found: list[Answer] = []
    while data:
        method = methods[len(found)] if len(found) < len(methods) else "GET"
        answer, data = _one(data, method)
        if answer.status >= 200:
            found.append(answer)
    return found


def request(path: str, *lines: str, method: str = "GET", host: str = "127.0.0.1") -> bytes:
    head = [f"{method} {path} HTTP/1.1", f"Host: {host}", *lines, "", ""]
    return "\r\n".join(head).encode("latin-1")


def get(
    server: Any, path: str = "/", *lines: str, method: str = "GET", version: str = "1.1"
) -> Answer:
    """One request on a connection of its own; more field lines as text."""
    host = [f"Host: 127.0.0.1:{server.address[1]}"] * (version == "1.1")
    close = ["Connection: close"] * (version == "1.1")
    head = "\r\n".join([f"{method} {path} HTTP/{version}", *host, *close, *lines, "", ""])
    (answer,) = replies(talk(server, head.encode("latin-1")), method)
    return answer


def _one(data: bytes, method: str) -> tuple[Answer, bytes]:
    start = re.match(rb"HTTP/1\.1 ([1-5]\d\d) [ -~]*\r\n", data)
    assert start, f"expected a status line, got {data[:80]!r}"
    status, data = int(start[1]), data[start.end() :]
    fields: dict[str, str] = {}
    while field := FIELD.match(data):
        name = field[1].decode().lower()
        assert name not in fields, f"{name} twice"
        fields[name] = field[2].decode()
        data = data[field.end() :]
    assert data.startswith(b"\r\n"), f"expected a field line or the end of them, got {data[:80]!r}"
    data = data[2:]
    if method == "HEAD" or status < 200 or status in (204, 304):
        return Answer(status, fields, b""), data
    if fields.get("transfer-encoding") == "chunked":
        return _chunks(Answer(status, fields, b""), data)
    if (length := fields.get("content-length")) is not None:
        body, rest = data[: int(length)], data[int(length) :]
        return Answer(status, fields, body, len(body) == int(length)), rest
    return Answer(status, fields, data), b""


def _chunks(answer: Answer, data: bytes) -> tuple[Answer, bytes]:
    while size := re.match(rb"([0-9a-f]+)\r\n", data):
        n = int(size[1], 16)
        chunk, data = data[size.end() : size.end() + n], data[size.end() + n :]
        answer.body += chunk
        if not data.startswith(b"\r\n"):
            break
        data = data[2:]
        if n == 0:
            return answer, data
    answer.whole = False
    return answer, b""


def unexpected(server: Any) -> list[str]:
    return [r.event for r in server.log if r.event.startswith("closed after")]
