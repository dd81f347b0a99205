"""Wrong programs of lessons 11 and 33 that are in no bank: the gap is shown, nothing misnamed."""

from __future__ import annotations

import pytest

from netlab.exercises.bank import find
from netlab.exercises.check import judged
from netlab.referee.source import Answer

IPV4 = """import socket
def parse_ipv4(data):
    start, end = {}
    return {}
"""
VALUES = "data[8], socket.inet_ntoa(data[12:16]), socket.inet_ntoa(data[16:20]), data[start:end]"
TCP = "import struct\ndef parse_tcp(data):\n    return {}\n"
SUM = """def checksum(data):
    total = 0
    for at in range(0, len(data), 2):
        total += {}
    {}
"""
POOL = find("Pool").reference
PIPELINED = find("pipelined").reference
TIMES = """import time
def round_trip(connect):
    times = []
    for _ in range(9):
        began = time.perf_counter()
        connect().close()
        times.append(time.perf_counter() - began)
    return {}
"""
# exercise, the only messages that would be true, the program
UNSEEN = [
    ("parse_ipv4", set(), IPV4.format("(data[0] & 7) * 4, data[3]", VALUES)),
    (
        "parse_ipv4",
        set(),
        IPV4.format("(data[0] & 15) * 4, data[3]", "dict(zip('abcd', (" + VALUES + ")))"),
    ),
    (
        "parse_ipv4",
        set(),
        IPV4.format("(data[0] & 15) * 4, int.from_bytes(data[2:4]) - 4", VALUES),
    ),
    ("parse_tcp", set(), TCP.format("data[:2], data[2:4], data[(data[12] >> 4) * 4 :]")),
    ("parse_tcp", set(), TCP.format("*struct.unpack('!HH', data[4:8]), data[20:]")),
    ("parse_tcp", {"M49"}, TCP.format("data[0] << 8 | data[1], data[2] << 8 | data[3], data[20:]")),
    ("checksum", set(), SUM.format("data[at] * 256 + data[at]", "return 65535 - total % 65535")),
    ("checksum", {"M12"}, SUM.format("data[at] + data[at + 1 : at + 2][0] * 256", "return total")),
    (
        "checksum",
        {"M50"},
        SUM.format("int.from_bytes(data[at:at + 2].ljust(2, bytes(1)))", "return total & 0xFFFF"),
    ),
    ("equal_checksums", set(), 'equal_checksums = {"rich": b"Pay Ann 99", "letters": b"Pay"}'),
    ("equal_checksums", set(), 'equal_checksums = [b"Pay Ann 99, Bob 10", b"Pay Aon 10, Bnb 99"]'),
    (
        "equal_checksums",
        {"M51"},
        'equal_checksums = {"rich": b"Pay Ann 99, Bob 10", "letters": b"Sell everything you have"}',
    ),
    ("Pool", {"M46"}, POOL.replace("if method not in REPEATABLE", "if body")),
    ("Pool", set(), POOL.replace("self.idle.pop(address, None)", "self.idle.get(address)")),
    ("Pool", set(), POOL.replace("EOFError(", "ValueError(")),
    ("Pool", set(), POOL.replace("Host: {address[0]}:{address[1]}", "Agent: me")),
    ("pipelined", set(), PIPELINED.replace("_ in paths]", "_ in paths[::-1]][::-1]")),
    ("pipelined", set(), PIPELINED.replace("Host: {host}:{port}", "Agent: me")),
    (
        "pipelined",
        {"M02"},
        PIPELINED.replace("return [read_body(stream)", "return [sock.recv(999)"),
    ),
    ("pipelined", set(), PIPELINED.replace("[read_body(stream) for _", "[stream.read() for _")),
    ("round_trip", set(), TIMES.format("sorted(times)[-2]")),
    ("round_trip", set(), TIMES.format("str(min(times))")),
    ("round_trip", set(), TIMES.format("sum(times)")),
]
FIRST = {name: number for number, (name, *_) in reversed([*enumerate(UNSEEN)])}
CASES = [
    case if FIRST[case[0]] == number else pytest.param(*case, marks=pytest.mark.proof)
    for number, case in enumerate(UNSEEN)
]


@pytest.mark.parametrize(("name", "true", "program"), CASES)
def test_no_report_misleads(name: str, true: set[str], program: str) -> None:
    report = judged(find(name), Answer.of_text(program, name))
    assert not report.passed and report.gap
    named = {line[:3] for line in report.advice if line[0] == "M" and line[1:3].isdigit()}
    assert named <= true, report
