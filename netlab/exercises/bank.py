"""What an exercise's folder holds: scenarios.py, right/*.py, wrong/*.py, hints.txt."""

from __future__ import annotations

import ast
import difflib
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from netlab.referee.scenario import Scenario
from netlab.referee.source import Answer

FOLDER = Path(__file__).parent
# in the order of the course
NAMES = (
    "parse_ipv4",
    "parse_tcp",
    "checksum",
    "equal_checksums",
    "probe",
    "request",
    "loss_interval",
    "visit",
    "rebuild",
    "greet",
    "shout",
    "echo_client",
    "serve_one",
    "recv_exactly",
    "LineReader",
    "send_message",
    "recv_message",
    "cuts",
    "Cured",
    "bench",
    "waits",
    "echo_loop",
    "chat_loop",
    "Outboxes",
    "parse_head",
    "read_response",
    "follow",
    "Pool",
    "pipelined",
    "round_trip",
)
PUBLIC_SEED = "public"


class NoExercise(LookupError):
    """No exercise has this name; the words say which ones there are."""


@dataclass(frozen=True)
class Exercise:
    """One folder, read when needed."""

    name: str

    @property
    def folder(self) -> Path:
        return FOLDER / self.name

    def scenarios(self, seed: str = PUBLIC_SEED) -> list[Scenario]:
        """All scenarios; the seed changes the bytes, never what is asked."""
        return list(self._module.scenarios(seed))

    @property
    def lesson(self) -> int:
        """The number of the lesson that sets it."""
        number: int = self._module.LESSON
        return number

    @property
    def needs(self) -> tuple[str, ...]:
        """Earlier exercises that it builds on."""
        names: tuple[str, ...] = self._module.NEEDS
        return names

    @cached_property
    def hints(self) -> list[str]:
        """Paragraphs, from a question to a sketch."""
        text = (self.folder / "hints.txt").read_text("utf-8")
        return [" ".join(part.split()) for part in text.split("\n\n")]

    @property
    def reference(self) -> str:
        """The program that `solution` shows."""
        return (self.folder / "right" / "obvious.py").read_text("utf-8")

    @property
    def right(self) -> dict[str, Answer]:
        """Right programs by file name."""
        return self._programs("right")

    @property
    def wrong(self) -> dict[str, Answer]:
        """Wrong programs by file name; their messages are their docstrings."""
        return self._programs("wrong")

    def prepare(self, answer: Answer) -> Answer:
        """Earlier exercises that this one builds on are given: one mistake is charged once."""
        return answer.with_help({name: Exercise(name).reference for name in self.needs})

    @property
    def _module(self) -> Any:
        return import_module(f"netlab.exercises.{self.name}.scenarios")

    def _programs(self, kind: str) -> dict[str, Answer]:
        return {
            path.stem: self.prepare(Answer.of_text(path.read_text("utf-8"), self.name))
            for path in sorted((self.folder / kind).glob("*.py"))
        }


def find(name: str) -> Exercise:
    """The exercise of this name; NoExercise says what names there are."""
    if name in NAMES:
        return Exercise(name)
    close = difflib.get_close_matches(name, NAMES, 1) or ["recv_exactly"]
    raise NoExercise(
        f"there is no exercise called {name!r}; there are {', '.join(NAMES)}. "
        f'Say which one you mean: check({name}, "{close[0]}")'
    )


def message(program: Answer) -> list[str]:
    """The lines of a wrong program's docstring."""
    return (ast.get_docstring(ast.parse(program.pieces[-1].text)) or "").splitlines()
