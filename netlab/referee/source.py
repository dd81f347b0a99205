"""An answer as text: the definition itself, and whatever it needs of what the notebook defines."""

from __future__ import annotations

import ast
import inspect
import linecache
import sys
import types
from dataclasses import dataclass
from typing import Any

DATA = (type(None), bool, int, float, str, bytes, list, tuple, dict, set)


NOT_HERE = """class {name}:
    def __getattr__(self, name): raise ImportError("{what} is not there")
    def __call__(self, *args, **more): raise ImportError("{what} is not there")
{name} = {name}()
"""  # a local variable of that name does no harm, so nothing is raised before it is used


class NoSource(Exception):
    """The answer cannot be read; the words say why, and what to do."""


@dataclass(frozen=True)
class Piece:
    """Some lines of a cell: text, the number of its first line there, and a name for traces."""

    text: str
    line: int
    file: str


@dataclass(frozen=True)
class Answer:
    """What is judged: pieces to run in this order, then `name` is the answer. `calls_itself` is
    the name that the learner gave it."""

    name: str
    pieces: tuple[Piece, ...]

    @classmethod
    def of_text(cls, text: str, name: str) -> Answer:
        """A program as the exercises' folders hold it."""
        return cls(name, (Piece(text, 1, "<answer 0>"),))

    def with_help(self, helpers: dict[str, str]) -> Answer:
        """The same, where the functions named are given, whatever the notebook has for them."""
        kept = [piece for piece in self.pieces if _defines(piece.text) not in helpers]
        given = [Piece(text, 1, f"<given {name}>") for name, text in helpers.items()]
        return Answer(self.name, (*given, *kept))

    @property
    def is_stub(self) -> bool:
        """Some function or method of it is still as handed out, or all that it holds is empty."""
        node = ast.parse(self.pieces[-1].text).body[-1]
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            try:
                return not any(ast.literal_eval(node.value).values())
            except (ValueError, TypeError):
                return False  # it holds more than literals: somebody wrote it
        parts = node.body if isinstance(node, ast.ClassDef) else [node]
        bodies = [p for p in parts if isinstance(p, ast.FunctionDef | ast.AsyncFunctionDef)]
        empty = [body for body in bodies if _is_empty(body)]
        return bool(empty) and (empty == bodies or any(map(_raises, empty)))


def read(answer: Any, name: str = "") -> Answer:
    """The text of a function, a class, or of plain data; NoSource when there is none to read."""
    if _is_data(answer):
        name = name or "answer"
        return Answer.of_text(f"{name} = {answer!r}\n", name)
    pieces: list[Piece] = []
    _collect(answer, pieces, set())
    if not pieces:
        raise NoSource(_why_not(answer))
    return Answer(answer.__name__, tuple(pieces))


def _collect(thing: Any, pieces: list[Piece], done: set[str]) -> None:
    """Append the text of `thing` to pieces, after what it needs from the notebook."""
    found = _definition(thing)
    if found is None:
        return
    text, line, cell = found
    done.add(thing.__name__)
    _collect_names(ast.parse(text), _globals(thing), cell, pieces, done)
    pieces.append(_piece(text, line, pieces))


def _collect_names(
    tree: ast.AST, known: dict[str, Any], cell: ast.Module, pieces: list[Piece], done: set[str]
) -> None:
    """Append what makes each name of the notebook that this tree uses."""
    for name in sorted(_names(tree) & known.keys() - done):
        value = known[name]
        place = _place(value, known)
        ours = place is not None or isinstance(value, types.ModuleType)
        if _origin(value, place).partition(".")[0] == "netlab":
            what = name if place is None else f"{name} of netlab"
            lines = [NOT_HERE.format(name=name, what=what)]
        elif isinstance(value, types.ModuleType):
            lines = [f"import {module}\n" for module in _submodules(tree, name, value)]
            lines.append(f"import {value.__name__} as {name}\n")
        elif _is_data(value) and len(repr(value)) < 10_000:
            lines = [f"{name} = {value!r}\n"]
        elif place:
            lines = [f"from {place[0]} import {place[1]} as {name}\n"]
        elif isinstance(value, type) and not _functions(value):  # no method says where it stands
            done.add(name)
            lines = []
            for node in _classes(cell, name):
                _collect_names(node, known, cell, pieces, done)
                lines = [f"{ast.unparse(node)}\n"]
        elif isinstance(value, type | types.FunctionType):
            _collect(value, pieces, done)
            continue
        else:
            done.add(name)
            lines = []
            for made in _assignments(cell, name):
                _collect_names(made.value, known, cell, pieces, done)
                lines = [f"try: {ast.unparse(made)}\n", "except Exception: pass\n"]
        done.add(name)
        if lines:
            text = "".join(lines)
            pieces.append(Piece(text, 1, f"<given {name}>") if ours else _piece(text, 1, pieces))


def _place(value: Any, known: dict[str, Any]) -> tuple[str, str] | None:
    """The module that this can be imported from, and its name there; an enum's member has one."""
    module = getattr(value, "__module__", None)
    name = getattr(value, "__name__", None) or getattr(value, "name", None)
    if not isinstance(module, str) or not isinstance(name, str) or module == known.get("__name__"):
        return None
    return (module, name) if getattr(sys.modules.get(module), name, None) is value else None


def _origin(value: Any, place: tuple[str, str] | None) -> str:
    """The module that a name of the notebook comes from, or is."""
    return value.__name__ if isinstance(value, types.ModuleType) else place[0] if place else ""


def _assignments(cell: ast.Module, name: str) -> list[ast.Assign]:
    """The last line of the answer's own cell that gives this name a value, as NAME = ..."""
    return [
        node
        for node in cell.body
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
    ][-1:]


def _classes(cell: ast.Module, name: str) -> list[ast.ClassDef]:
    """The last class of this name that the answer's own cell defines."""
    return [node for node in cell.body if isinstance(node, ast.ClassDef) and node.name == name][-1:]


def _piece(text: str, line: int, pieces: list[Piece]) -> Piece:
    return Piece(text, line, f"<answer {len(pieces)}>")


def _definition(thing: Any) -> tuple[str, int, ast.Module] | None:
    """The lines that define a function or class, the number of the first in its cell, the cell."""
    for function in _functions(thing):
        code = function.__code__
        lines = linecache.getlines(code.co_filename)
        try:
            tree = ast.parse("".join(lines))
        except (SyntaxError, ValueError):
            continue
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                and node.name == thing.__name__
                and node.col_offset == 0
                and node.lineno <= code.co_firstlineno + len(node.decorator_list)
                and code.co_firstlineno <= (node.end_lineno or 0)
            ):
                first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
                return "".join(lines[first - 1 : node.end_lineno]), first, tree
    return None


def _functions(thing: Any) -> list[types.FunctionType]:
    """The function itself, below its decorators, or the methods of a class."""
    found = [*vars(thing).values()] if isinstance(thing, type) else [thing]
    return [inner for f in found if isinstance(inner := inspect.unwrap(f), types.FunctionType)]


def _globals(thing: Any) -> dict[str, Any]:
    return next((function.__globals__ for function in _functions(thing)), {})


def _names(tree: ast.AST) -> set[str]:
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return {name for name in names if not name.startswith("__")}


def _submodules(tree: ast.AST, name: str, module: types.ModuleType) -> list[str]:
    """Modules inside this one that the tree names, as in http.client: they need an import, too."""
    dotted = {ast.unparse(n) for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    inside = [chain.removeprefix(name) for chain in dotted if chain.startswith(f"{name}.")]
    full = {module.__name__ + chain for chain in inside}
    return sorted(full & sys.modules.keys())


def _defines(text: str) -> str:
    node = ast.parse(text).body[-1]
    return node.name if isinstance(node, ast.FunctionDef | ast.ClassDef) else ""


def _raises(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(line, ast.Raise) for line in function.body)


def _is_empty(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Nothing but a docstring, ..., pass and raise NotImplementedError."""
    return all(
        isinstance(line, ast.Pass)
        or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
        or (isinstance(line, ast.Raise) and "NotImplementedError" in ast.unparse(line))
        for line in function.body
    )


def _is_data(value: Any, depth: int = 0) -> bool:
    """Exact built-in types all through, so that repr is the value again; at most ten deep."""
    if depth > 10:
        return False
    parts = [*value, *value.values()] if type(value) is dict else value
    if type(value) in (dict, list, tuple, set):
        return all(_is_data(part, depth + 1) for part in parts)
    return type(value) in DATA


def _why_not(answer: Any) -> str:
    what = getattr(answer, "__name__", None)
    if what == "<lambda>":
        return "this is a lambda; write it with def, so that it has a name and lines to show"
    if isinstance(answer, type | types.FunctionType):
        return f"the text of {what} cannot be found; define it in a cell here, and run that cell"
    return (
        f"expected a function, a class or plain data; this is of the type {type(answer).__name__}"
    )
