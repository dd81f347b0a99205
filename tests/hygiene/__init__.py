"""The house rules of a lesson: each rule is a function from a lesson to its list of complaints."""

from dataclasses import dataclass
from pathlib import Path

from lessons import code_cells, read, tags


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
    def prose(self):
        return [(n, cell) for n, cell in self.cells if cell.cell_type == "markdown"]

    def complain(self, number, expected, came, do):
        """One sentence that says where, what was expected, what came, and what to do."""
        where = self.path.name
        if number is not None:
            first = (self.nb.cells[number - 1].source.splitlines() or [""])[0]
            where += f' cell {number} ("{first[:40]}")'
        return f"{where}: expected {expected}; came {came}; {do}"


__all__ = ["Lesson", "code_cells", "tags"]
