"""Small changes to each reference answer: the scenarios must notice nearly all of them."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator

import pytest

from netlab.exercises.bank import find
from netlab.referee.source import Answer
from netlab.referee.verdict import judge

# lines of mutants that pass, each with the reason why that is right
EQUIVALENT = {
    "chunk = self.sock.recv(4097)": "any size will do: what comes too much is kept",
    "for _ in range(11):": "eleven measurements are as good as ten",
    "without length = 0": "each reply of the scenarios says its length",
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
}
NAMES = [
    "recv_exactly",
    "LineReader",
    "send_message",
    "recv_message",
    "parse_ipv4",
    "parse_tcp",
    "checksum",
    "Pool",
    "pipelined",
    "round_trip",
]
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
    unknown = set().union(*(change(text, mutant) for mutant in survivors)) - EQUIVALENT.keys()
    assert not unknown and len(survivors) <= len(EQUIVALENT)


def change(text: str, mutant: str) -> set[str]:
    """The lines that are new in a mutant, or the one that it has no more."""
    before, after = (
        {line.strip() for line in ast.unparse(ast.parse(program)).splitlines()}
        for program in (text, mutant)
    )
    new = after - before
    return new if new != {"pass"} else {f"without {line}" for line in before - after}
