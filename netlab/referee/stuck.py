"""Where a stuck answer runs: the innermost loop that it never left while we looked.

A while loop goes before a for loop inside it: few sequences have no end.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass

from netlab.referee.source import Piece

FRAME = re.compile(r'  File "(<answer \d+>)", line (\d+) in (.+)')


@dataclass(frozen=True)
class Place:
    """A line of the answer: the function it is in, its number in its cell, and its text."""

    function: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}"


def place(pieces: Sequence[Piece], file: str, line: int, function: str = "") -> Place | None:
    """The line as the learner wrote it."""
    for piece in pieces:
        lines = piece.text.splitlines()
        if piece.file == file and 0 <= line - piece.line < len(lines):
            return Place(function, line, lines[line - piece.line].strip())
    return None


def stuck_at(pieces: Sequence[Piece], stacks: str) -> Place | None:
    """From faulthandler's stacks, innermost frame first; None when they show nothing of ours."""
    looks = []
    for stack in re.split(r"^.*\(most recent call first\):$", stacks, flags=re.MULTILINE)[1:]:
        frames = [(file, int(line), name) for file, line, name in FRAME.findall(stack)]
        if frames:
            looks.append(frames)
    if not looks:
        return None
    loops = [[_loops(pieces, *frame) for frame in frames] for frames in looks]
    innermost_first = [loop for frame in loops[0] for loop in frame]
    never_left = [
        loop
        for loop in innermost_first
        if all(any(loop in frame for frame in look) for look in loops)
    ]
    places = [found for loop in never_left if (found := place(pieces, *loop))]
    endless = [found for found in places if found.text.startswith("while")]
    if endless or places:
        return (endless or places)[0]
    file, line, name = looks[0][-1]
    return place(pieces, file, line, name)


def _loops(
    pieces: Sequence[Piece], file: str, line: int, function: str
) -> list[tuple[str, int, str]]:
    """The loops around a line of one function, innermost first, each by its first line."""
    for piece in pieces:
        if piece.file == file:
            tree = ast.parse(piece.text)
            ast.increment_lineno(tree, piece.line - 1)
            around = [
                node
                for node in ast.walk(tree)
                if isinstance(node, ast.While | ast.For)
                and node.lineno <= line <= (node.end_lineno or 0)
            ]
            around.sort(key=lambda node: -node.lineno)
            return [(file, node.lineno, function) for node in around]
    return []
