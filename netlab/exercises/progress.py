"""progress(): what has been checked so far, over the whole course."""

from __future__ import annotations

from netlab.exercises.bank import NAMES, Exercise
from netlab.kept import Kept, home

_notes = Kept(".netlab-progress.json")


class Progress:
    """The exercises by lesson, each with its last check; shows itself as text."""

    def __init__(self, notes: dict[str, str], kept: bool) -> None:
        self.notes, self.kept = notes, kept

    def __repr__(self) -> str:
        width = max(map(len, NAMES))
        lines = [
            f"lesson {Exercise(name).lesson}  {name:<{width}}  "
            f"{self.notes.get(name, 'not attempted yet')}"
            for name in NAMES
        ]
        if not self.kept:
            lines.append("(kept until the kernel restarts: this folder is not below work/)")
        return "\n".join(lines)


def progress() -> Progress:
    """The last result of every exercise's check. Kept in work/, and so across restarts."""
    return Progress({name: str(note) for name, note in _notes.all().items()}, home() is not None)


def note(name: str, result: str) -> None:
    """Remember an exercise's result; a folder that cannot be written costs only the memory."""
    _notes.put(name, result)
