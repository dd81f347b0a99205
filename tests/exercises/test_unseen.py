"""Wrong programs that are in no bank: the report shows the gap, and names no wrong belief."""

from __future__ import annotations

import pytest

from netlab.exercises.bank import find
from netlab.exercises.check import judged
from netlab.referee.source import Answer

# exercise, the only messages that would be true, the program
UNSEEN = [
    ("recv_exactly", {"M03"}, "def recv_exactly(sock, n):\n    return sock.recv(n)[:n]"),
    (
        "recv_exactly",
        {"M06"},
        """def recv_exactly(sock, n):
    buffer = bytearray()
    missing = n
    while missing:
        chunk = sock.recv(missing)
        buffer.extend(chunk)
        missing -= len(chunk)
    return bytes(buffer)""",
    ),
    (
        "recv_exactly",
        set(),
        """def recv_exactly(sock, n):
    data = b""
    while len(data) < n - 1:
        chunk = sock.recv(n - len(data))
        if not chunk:
            raise EOFError(f"{len(data)} of {n}")
        data += chunk
    return data""",
    ),
    (
        "recv_exactly",
        set(),
        """def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        chunk = sock.recv(n - len(data))
        if not chunk:
            raise EOFError("the stream ended too early")
        data = chunk + data
    return data""",
    ),
    (
        "recv_exactly",
        {"M39"},
        """def recv_exactly(sock, n):
    with sock.makefile("rb", buffering=0) as stream:
        data = b""
        while len(data) < n and (more := stream.read(n - len(data))):
            data += more
    return data""",
    ),
    (  # half the bytes and a reset: the next recv would have raised it
        "recv_exactly",
        {"M16"},
        """def recv_exactly(sock, n):
    import socket
    data = sock.recv(n, socket.MSG_WAITALL)
    if len(data) < n:
        raise EOFError(f"{len(data)} of {n}")
    return data""",
    ),
    (
        "recv_exactly",
        set(),
        """def recv_exactly(sock, n):
    data = bytearray()
    while len(data) != n:
        data += sock.recv(1024)
    return data""",
    ),
    (
        "LineReader",
        set(),
        """class LineReader:
    def __init__(self, sock):
        self.sock = sock
        self.lines = []
    def readline(self):
        if not self.lines:
            data = self.sock.recv(4096)
            if not data:
                raise EOFError
            self.lines = data.split(b"\\n")
        return self.lines.pop(0)""",
    ),
    (
        "send_message",
        set(),
        """import struct
def send_message(sock, data):
    return struct.pack("!I", len(data)) + data""",
    ),
    (
        "recv_message",
        set(),
        """def recv_message(sock, limit):
    return recv_exactly(sock, min(limit, int(recv_exactly(sock, 4).hex())))""",
    ),
    (
        "LineReader",
        {"M09"},
        """class LineReader:
    def __init__(self, sock):
        self.sock = sock
    def readline(self):
        with self.sock.makefile("rb") as stream:
            line = stream.readline()
        if not line.endswith(b"\\n"):
            raise EOFError
        if len(line) > 1001:
            raise ValueError
        return line[:-1]""",
    ),
    (
        "LineReader",
        set(),
        """class LineReader:
    buffer = b""
    def __init__(self, sock):
        self.sock = sock
    def readline(self):
        while b"\\n" not in self.buffer:
            self.buffer = self.sock.recv(4096)
            if not self.buffer:
                raise EOFError
        line, self.buffer = self.buffer.split(b"\\n", 1)
        return line""",
    ),
    (
        "LineReader",
        set(),
        """class LineReader:
    def __init__(self, sock):
        self.lines = iter(sock.makefile("rb"))
    def readline(self):
        return next(self.lines).strip()""",
    ),
    (
        "send_message",
        set(),
        """def send_message(sock, data):
    sock.sendall(data + len(data).to_bytes(4, "big"))""",
    ),
    (
        "send_message",
        {"M12"},
        """def send_message(sock, data):
    sock.sendall(len(data).to_bytes(4, "little"))
    sock.sendall(data)""",
    ),
    (
        "send_message",
        set(),
        """def send_message(sock, data):
    sock.sendall(str(len(data)).zfill(4).encode() + data)""",
    ),
    (
        "recv_message",
        {"M13"},
        """def recv_message(sock, limit):
    return recv_exactly(sock, int.from_bytes(recv_exactly(sock, 4), "big"))""",
    ),
    (
        "recv_message",
        set(),
        """def recv_message(sock, limit):
    length = int.from_bytes(recv_exactly(sock, 4), "big")
    if length > limit:
        return None
    return recv_exactly(sock, length)""",
    ),
    (
        "recv_message",
        set(),
        """def recv_message(sock, limit):
    length = int.from_bytes(recv_exactly(sock, 4), "big")
    assert length <= limit
    return recv_exactly(sock, length).decode()""",
    ),
    (
        "echo_client",
        {"M16"},
        """import socket
def echo_client(address, data):
    sock = socket.socket()
    sock.connect(address)
    try:
        sock.sendall(data)
        echo = bytearray()
        while len(echo) < len(data):
            more = sock.recv(64)
            if more == b"":
                raise EOFError
            echo.extend(more)
    finally:
        sock.close()
    return bytes(echo)""",
    ),
    (
        "echo_client",
        set(),
        """import socket
def echo_client(address, data):
    with socket.create_connection(address, timeout=5) as sock:
        sock.sendall(data + b"\\n")
        with sock.makefile("rb") as stream:
            return stream.readline()[:-1]""",
    ),
    (
        "echo_client",
        set(),
        """import socket
def echo_client(address, data):
    with socket.create_connection(address, timeout=5) as sock:
        echo = b""
        for byte in data:
            sock.sendall(bytes([byte]))
            echo += sock.recv(1)
        return echo""",
    ),
    (
        "echo_client",
        set(),
        """import socket
def echo_client(address, data):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.sendto(data, address)
        return sock.recv(65536)""",
    ),
    (
        "serve_one",
        set(),
        """def serve_one(listener):
    while True:
        conn, peer = listener.accept()
        with conn:
            conn.settimeout(5)
            count = len(conn.makefile("rb").read())
            conn.sendall(str(count).encode())""",
    ),
    (
        "serve_one",
        set(),
        """def serve_one(listener):
    conn, peer = listener.accept()
    with conn:
        conn.settimeout(5)
        count = 0
        while data := conn.recv(1024):
            count += len(data)
        conn.sendall(str(count))""",
    ),
    (
        "serve_one",
        set(),
        """def serve_one(listener):
    conn, peer = listener.accept()
    with conn:
        conn.settimeout(5)
        count = 0
        while data := conn.recv(1024):
            count += len(data)
        return count""",
    ),
    (
        "parse_head",
        set(),
        """def parse_head(data):
    head = data.decode("latin-1").split("\\r\\n\\r\\n")[0]
    first, *lines = head.split("\\r\\n")
    method, target, version = first.split(" ")
    fields = {}
    for line in lines:
        name, value = line.split(":", 1)
        fields[name.lower()] = value.strip(" \\t")
    return method, target, version, fields""",
    ),
    (
        "parse_head",
        set(),
        """import email
def parse_head(data):
    first, _, rest = data.decode("latin-1").partition("\\r\\n")
    message = email.message_from_string(rest)
    return (*first.split(), {name.lower(): value for name, value in message.items()})""",
    ),
    (
        "parse_head",
        set(),
        """def parse_head(data):
    lines = data.splitlines()
    return [*lines[0].split(), dict(line.split(b": ") for line in lines[1:-1])]""",
    ),
    (
        "read_response",
        set(),
        """import http.client
def read_response(sock, method):
    reply = http.client.HTTPResponse(sock, method=method)
    reply.begin()
    fields = {name.lower(): value for name, value in reply.getheaders()}
    return reply.status, fields, reply.read()""",
    ),
    (
        "read_response",
        {"M01", "M03"},
        """def read_response(sock, method):
    head = sock.recv(4096).decode("latin-1")
    status = int(head.split()[1])
    fields = dict(line.split(": ") for line in head.split("\\r\\n")[1:] if ": " in line)
    return status, fields, sock.recv(int(fields.get("Content-Length", 0)))""",
    ),
    (
        "read_response",
        {"M07"},
        """def read_response(sock, method):
    data = b""
    while chunk := sock.recv(4096):
        data += chunk
    head, _, body = data.partition(b"\\r\\n\\r\\n")
    return int(head.split()[1]), {}, body""",
    ),
    (
        "follow",
        set(),
        """import http.client
from urllib.parse import urljoin, urlsplit
def follow(url, method="GET", body=None):
    for _ in range(5):
        parts = urlsplit(url)
        client = http.client.HTTPConnection(parts.netloc)
        client.request(method, parts.path)
        reply = client.getresponse()
        if reply.status not in (301, 302):
            return reply.status, reply.read()
        url = urljoin(url, reply.getheader("Location"))
    raise ValueError""",
    ),
    (
        "follow",
        {"M13"},
        """import http.client
from urllib.parse import urljoin, urlsplit
def follow(url, method="GET", body=None):
    parts = urlsplit(url)
    client = http.client.HTTPConnection(parts.netloc, timeout=5)
    target = parts.path + ("?" + parts.query if parts.query else "")
    client.request(method, target, body)
    reply = client.getresponse()
    data = reply.read()
    client.close()
    where = reply.headers["Location"]
    if not where or reply.status not in (301, 302, 303, 307, 308):
        return reply.status, data
    if reply.status == 303 and method != "HEAD":
        return follow(urljoin(url, where))
    return follow(urljoin(url, where), method, body)""",
    ),
    (
        "follow",
        {"M46"},
        """import http.client
from urllib.parse import urlsplit
def follow(url, method="GET", body=None):
    parts = urlsplit(url)
    client = http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)
    target = parts.path + ("?" + parts.query if parts.query else "")
    client.request(method, target, body)
    reply = client.getresponse()
    return reply.status, reply.read()""",
    ),
    ("cuts", set(), 'cuts = {1: [b"ab"], 2: [b"GET"], 3: [b"a"], 5: [b"x"]}'),
    ("cuts", set(), 'cuts = [b"a", b"b"]'),
    (
        "cuts",
        set(),
        "cuts = {1: [b'a', b'b'], 2: [b'\\r\\n\\r\\n'], 3: [b'\\n\\n'], 5: [bytes(4)]}",
    ),
]


QUICK = [case for case in UNSEEN if case[0] == "recv_exactly"]
LONG = [pytest.param(*case, marks=pytest.mark.proof) for case in UNSEEN if case not in QUICK]


@pytest.mark.parametrize(("name", "true", "program"), [*QUICK, *LONG])
def test_no_report_misleads(name: str, true: set[str], program: str) -> None:
    report = judged(find(name), Answer.of_text(program, name))
    assert not report.passed and report.gap
    named = {line[:3] for line in report.advice if line[0] == "M" and line[1:3].isdigit()}
    assert named <= true, report
