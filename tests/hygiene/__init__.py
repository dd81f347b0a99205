"""The house rules of a lesson: each rule is a function from a lesson to its list of complaints."""

import ast
from dataclasses import dataclass
from pathlib import Path

from lessons import read

import netlab

WIDGETS = {name for name, home in netlab._HOME.items() if home.startswith("netlab.widgets")}


@dataclass
class Lesson:
    path: Path
    nb: object

    @classmethod
    def at(cls, path):
        return cls(path, read(path))

    @property
    def is_start(self):
        return self.path.stem == "start-here"

    @property
    def cells(self):
        """(number, cell) of every cell, counted from 1 as a reader would."""
        return list(enumerate(self.nb.cells, 1))

    @property
    def code(self):
        return [(n, cell) for n, cell in self.cells if cell.cell_type == "code"]

    @property
    def reading(self):
        """The code cells that are read and run; an exercise is work, a box and an explorer none."""
        return [
            (n, cell)
            for n, cell in self.code
            if not (self.marks(cell) or self.asks(cell) or self.explores(cell))
        ]

    @property
    def asking(self):
        """The cells that are a box for an answer."""
        return [(n, cell) for n, cell in self.code if self.asks(cell)]

    @staticmethod
    def asks(cell):
        """predict(...) or recall(...) and nothing else; the first may import them."""
        body = getattr(tree(cell), "body", []) if cell.cell_type == "code" else []
        if len(body) == 2 and isinstance(body[0], ast.ImportFrom):
            body = body[1:]
        match body:
            case [ast.Expr(ast.Call(ast.Name("predict" | "recall"), [_]))]:
                return True
        return False

    @staticmethod
    def explores(cell):
        """Shows an explorer: nobody needs it to follow the lesson."""
        calls = nodes(cell, ast.Call) if cell.cell_type == "code" else []
        return any(isinstance(c.func, ast.Name) and c.func.id in WIDGETS for c in calls)

    @staticmethod
    def marks(cell):
        """What nbgrader wrote on an exercise's cell; empty on all others."""
        return cell.metadata.get("nbgrader", {})

    @property
    def prose(self):
        return [(n, cell) for n, cell in self.cells if cell.cell_type == "markdown"]

    def complain(self, number, expected, came, do):
        """One sentence that says where, what was expected, what came, and what to do."""
        where = self.path.name
        if number is not None:
            first = (self.nb.cells[number - 1].source.splitlines() or [""])[0]
            where += f' cell {number} ("{first[:40]}")'
        return f"{where}: expected {expected}; came {came}; {do}"


def tree(cell):
    """The cell as Python understands it; None if it does not."""
    try:
        return compile(
            cell.source, "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        )
    except SyntaxError:
        return None


def nodes(cell, *kinds):
    parsed = tree(cell)
    return [node for node in ast.walk(parsed) if isinstance(node, kinds)] if parsed else []
