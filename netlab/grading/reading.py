"""An answer found by reading a notebook, which nobody runs: what Run All would leave there."""

from __future__ import annotations

import ast
import dis
import types
import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from netlab.referee.source import Answer, Piece

LONGEST_CELL, LONGEST_CODE = 20_000, 250_000  # characters; more is no answer to any exercise
UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class Statement:
    """One statement at the left margin of a cell, with that cell's number and lines."""

    cell: int
    node: ast.stmt
    lines: list[str]

    @property
    def is_definition(self) -> bool:
        return isinstance(self.node, DEFINITIONS)

    @cached_property
    def uses(self) -> set[str]:
        """Global names that it reads, its functions' bodies too."""
        return set(_instructions(self._code, "LOAD", inside=True))

    @cached_property
    def binds(self) -> set[str]:
        """Names that it gives a value; "*" for all that a module has."""
        if isinstance(self.node, ast.ImportFrom) and self.node.names[0].name == "*":
            return {"*"}
        return set(_instructions(self._code, "STORE", inside=False))

    @cached_property
    def changes(self) -> set[str]:
        """Names whose value it changes in place: x[1] = 2, x.append(3)."""
        return set() if self.is_definition else set(_changed(self.node))

    def starts(self, name: str) -> bool:
        """What the name was before does not matter from here on."""
        if isinstance(self.node, ast.Import):  # import http.client adds to import http.server
            return not any("." in alias.name and not alias.asname for alias in self.node.names)
        plain = (ast.Assign, ast.AnnAssign, ast.ImportFrom)
        return self.is_definition or (isinstance(self.node, plain) and name not in self.uses)

    def as_written(self, file: str) -> Piece:
        """With its own lines and their numbers, for an answer and its functions."""
        if not isinstance(self.node, DEFINITIONS):
            return Piece(ast.unparse(self.node) + "\n", self.node.lineno, file)
        first = min([self.node.lineno, *(d.lineno for d in self.node.decorator_list)])
        text = "\n".join(self.lines[first - 1 : self.node.end_lineno]) + "\n"
        return Piece(text, first, file)

    def as_help(self, file: str) -> Piece:
        """A definition as written; what fails outside the notebook, a server say, is left out."""
        if self.is_definition:
            return self.as_written(file)
        ignore = ast.ExceptHandler(ast.Name("Exception", ast.Load()), None, [ast.Pass()])
        attempt = ast.Try([self.node], [ignore], [], [])
        return Piece(ast.unparse(ast.fix_missing_locations(attempt)) + "\n", 1, file)

    @cached_property
    def _code(self) -> types.CodeType:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return compile(ast.Module([self.node], []), "<statement>", "exec")


class Cells:
    """The code cells of a notebook, read but not run. `errors` has the cells that are no Python."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.statements: list[Statement] = []
        self.errors: dict[int, str] = {}
        room = LONGEST_CODE
        for number, raw in enumerate(texts):
            text = raw.replace("\r\n", "\n").replace("\r", "\n")
            room -= len(text)
            if len(text) > LONGEST_CELL or room < 0:
                self.errors[number] = "it is longer than any answer needs to be"
                continue
            try:
                self.statements += _statements(number, text)
            except SyntaxError as error:
                self.errors[number] = f"line {error.lineno}: {error.msg}"
            except UNREADABLE as error:
                self.errors[number] = f"Python cannot read it ({type(error).__name__})"

    def answer(self, name: str, check: int, given: Collection[str] = ()) -> Answer | None:
        """What `name` is at the check in cell number `check`; if that is only a stub or nothing,
        what it is at the notebook's end. The names in `given` need not be found."""
        above = [statement for statement in self.statements if statement.cell < check]
        found = _answer(above, name, given)
        if found is None or found.is_stub:
            found = _answer(self.statements, name, given) or found
        return found


def _statements(number: int, text: str) -> list[Statement]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text)
        except SyntaxError as error:
            try:
                tree = ast.parse(text := _without_magics(text))
            except SyntaxError:
                raise error from None
    lines = text.split("\n")
    found = [Statement(number, node, lines) for node in tree.body]
    for statement in found:
        assert statement.uses is not None and statement.binds is not None  # Python can read it
        assert statement.as_help("") is not None
    return found


def _without_magics(text: str) -> str:
    """IPython's own lines, %magic, !command and name?, become pass; a %%cell is none of ours."""
    if text.lstrip().startswith("%%"):
        return ""
    return "\n".join(
        line[: len(line) - len(line.lstrip())] + "pass"
        if line.lstrip().startswith(("%", "!")) or line.rstrip().endswith("?")
        else line
        for line in text.split("\n")
    )


def _answer(statements: Sequence[Statement], name: str, given: Collection[str]) -> Answer | None:
    own = _makers(statements, name)
    if not own:
        return None
    needed, done = dict.fromkeys(own), {name, *given}
    todo = [(used, place) for place in own for used in statements[place].uses]
    while todo:
        used, place = todo.pop()
        if used in done:
            continue
        done.add(used)
        late = statements[place].is_definition  # its body looks names up when it is called
        makers = _makers(statements if late else statements[:place], used)
        makers = makers or _makers(statements, "*")
        for maker in makers:
            needed[maker] = None
            todo += [(more, maker) for more in statements[maker].uses]
    helpers = sorted(place for place in needed if place not in own)
    pieces = [statements[place].as_help(f"<answer {n}>") for n, place in enumerate(helpers)]
    for place in own:
        pieces.append(statements[place].as_written(f"<answer {len(pieces)}>"))
    return Answer(name, tuple(pieces))


def _makers(statements: Sequence[Statement], name: str) -> list[int]:
    """The places of the statements that make `name` what it is after them all."""
    found: list[int] = []
    for place in reversed(range(len(statements))):
        statement = statements[place]
        if name in statement.binds:
            found.append(place)
            if statement.starts(name):
                break
        elif name in statement.changes:
            found.append(place)
    if not any(name in statements[place].binds for place in found):
        return []
    is_data = isinstance(statements[found[-1]].node, ast.Assign | ast.AnnAssign)
    return [place for place in reversed(found) if is_data or name in statements[place].binds]


def _instructions(code: types.CodeType, kind: str, inside: bool) -> Iterator[str]:
    """Names of globals that the code loads or stores; inside: those of its functions, too."""
    for step in dis.get_instructions(code):
        if step.opname.startswith(kind) and ("NAME" in step.opname or "GLOBAL" in step.opname):
            yield str(step.argval)
    for constant in code.co_consts if inside else ():
        if isinstance(constant, types.CodeType):
            yield from _instructions(constant, kind, inside)


def _changed(node: ast.AST) -> Iterable[str]:
    for part in ast.walk(node):
        stored = isinstance(part, ast.Subscript | ast.Attribute) and not isinstance(
            part.ctx, ast.Load
        )
        place: ast.AST = part
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            place, stored = part.func, True
        while stored and isinstance(place, ast.Subscript | ast.Attribute):
            place = place.value
        if stored and isinstance(place, ast.Name):
            yield place.id
