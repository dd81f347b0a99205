"""Every wrong program's report as last read by a person: reports.txt, written by this file."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from netlab.exercises.bank import NAMES, find
from netlab.exercises.check import judged

FILE = Path(__file__).parent / "reports.txt"
REFRESH = "python -m tests.exercises.reports, then read what changed"


@functools.cache
def saved() -> dict[str, str]:
    """exercise/program: its report."""
    parts = re.split(r"^=== (.+)\n", FILE.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return {name: text.rstrip() for name, text in zip(parts[::2], parts[1::2], strict=True)}


def main() -> None:
    parts = [
        f"=== {name}/{program}\n{judged(find(name), answer)!r}\n"
        for name in NAMES
        for program, answer in find(name).wrong.items()
    ]
    FILE.write_text("\n".join(parts), "utf-8")


if __name__ == "__main__":
    main()
