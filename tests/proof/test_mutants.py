"""Small changes to each reference answer: the scenarios must notice nearly all of them."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from netlab.exercises.bank import NAMES, find
from netlab.referee.source import Answer
from netlab.referee.verdict import judge

# lines of mutants that pass, each with the reason why that is right
ANY_SIZE = "any size will do"
ANY_TIME = "any timeout will do"
EQUIVALENT = {
    "chunk = self.sock.recv(4097)": "any size will do: what comes too much is kept",
    "chunk = sock.recv(4097)": ANY_SIZE,
    "while (data := conn.recv(1025)):": ANY_SIZE,
    "while (chunk := sock.recv(4097)):": ANY_SIZE,
    "with socket.create_connection(address, timeout=6) as sock:": ANY_TIME,
    "conn.settimeout(6)": ANY_TIME,
    "client = http.client.HTTPConnection(parts.hostname, parts.port, timeout=6)": ANY_TIME,
    "sock.settimeout(6)": ANY_TIME,
    "while sock.recv(101):": ANY_SIZE,
    "listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 2)": "2 is as true as 1",
    "return (number - first - 2 ** 31) % 2 ** 32 - 2 ** 31": "half of the ring, either way round",
    "while 2:": "2 is as true as True",
    "target = (parts.path or '') + ('?' + parts.query if parts.query else '')": (
        "http.client asks for / where nothing is given"
    ),
    "for _ in range(11):": "eleven measurements are as good as ten",
    "length = 1": "each reply of the scenarios says its length",
    "length, closes = (1, False)": "each reply of the scenarios says its length",
    "with sock.makefile('b') as stream:": "the mode b is the mode rb",
    "with socket.create_connection(address, timeout=10) as sock, sock.makefile('b') as stream:": (
        "the mode b is the mode rb"
    ),
    "with socket.create_connection(address, timeout=11) as sock, sock.makefile('rb') as stream:": (
        "no answer comes after ten seconds"
    ),
    "sock = socket.create_connection(address, timeout=11)": "no answer comes after ten seconds",
    "sock.settimeout(2)": "two seconds of silence say the same as one",
    "data = sock.recv(65537)": "more than any datagram holds, too",
    "elif seen and number <= max(seen):": "a number that was seen did not get here",
    "while (left := (end - time.monotonic())) >= 0:": "a clock that is read has moved",
    "middle = (lost + z * z / 3) / (sent + z * z)": "good methods differ by as much",
    "half = z * sqrt(lost * (sent - lost) / sent + z * z / 5) / (sent + z * z)": (
        "good methods differ by as much"
    ),
    # not promised by the task's words
    "while not line.endswith(b'\\n'):": "every line in a reply ends with both",
}
# lines that may be missing, each with the reason
REFUSED = "visit may let the error through where nobody listens"
NOT_ASKED = {
    "except ConnectionRefusedError:": REFUSED,
    "sock.connect(address)": REFUSED,
    "return sock": REFUSED,
    "sock.settimeout(5)": "visit's servers always answer",
    "length = 0": "each reply of the scenarios says its length",
    "client.close()": "the task says nothing of it; the connection ends with its object",
    "raise ValueError(f'not a field: {line!r}')": "read_response is asked for statuses and sizes",
}
SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.And: ast.Or,
}


def changes(node: ast.AST) -> Iterator[Callable[[], None]]:
    """Ways to change this one node, each a call that does it."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        yield lambda: node.ops.__setitem__(0, SWAPS[type(node.ops[0])]())
    if isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp) and type(node.op) in SWAPS:
        yield lambda: setattr(node, "op", SWAPS[type(node.op)]())
    if isinstance(node, ast.Constant) and isinstance(node.value, int | bytes | str):
        value = node.value
        other = value + 1 if isinstance(value, int) else value[1:] if value else value + value
        if isinstance(value, bytes) and not value:
            other = b"x"
        if other != value:
            yield lambda: setattr(node, "value", other)
    for block in ("body", "orelse"):
        lines = getattr(node, block, None)
        for number in range(len(lines) if isinstance(lines, list) else 0):
            yield lambda n=number, of=lines: of.__setitem__(n, ast.Pass())  # type: ignore[misc]
    if isinstance(node, ast.If | ast.While):
        yield lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))


def mutants(text: str) -> list[str]:
    """Every program that differs from this one by one such change."""
    found = []
    tree = ast.parse(text)
    words = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        for part in ast.walk(node)
    }  # an error may say it otherwise
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in words:
            continue
        for index in range(len(list(changes(node)))):
            other = copy.deepcopy(tree)
            twin = list(ast.walk(other))[number]
            list(changes(twin))[index]()
            found.append(ast.unparse(ast.fix_missing_locations(other)))
    return [mutant for mutant in dict.fromkeys(found) if mutant != ast.unparse(tree)]


@pytest.mark.proof
@pytest.mark.parametrize("name", NAMES)
def test_mutants_are_caught(name: str, record_property: Callable[[str, object], None]) -> None:
    exercise = find(name)
    text = exercise.reference
    all_of_them, survivors = mutants(text), []
    for mutant in all_of_them:
        try:
            program = exercise.prepare(Answer.of_text(mutant, name))
        except (SyntaxError, IndexError):
            continue
        if judge(program, exercise.scenarios()).passed:
            survivors.append(mutant)
    caught = 1 - len(survivors) / len(all_of_them)
    record_property("note", f"{name}: {caught:.0%} of {len(all_of_them)} mutants caught")
    known = Counter(line.strip() for line in ast.unparse(ast.parse(text)).splitlines())
    unknown = []
    for mutant in survivors:
        lines = Counter(line.strip() for line in mutant.splitlines())
        if not (
            (lines - known).keys() & EQUIVALENT.keys() or (known - lines).keys() & NOT_ASKED.keys()
        ):
            unknown.append(mutant)
    assert not unknown, "\n\n".join(unknown)
    assert caught >= 0.8  # of a short answer two that do not matter are many
