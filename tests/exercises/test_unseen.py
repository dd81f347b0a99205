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
