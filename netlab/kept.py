"""What a learner's work/ keeps across restarts: a few small JSON files beside its mark."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

MARK = ".netlab.json"


def home() -> Path | None:
    """The learner's work/, which tools/lab.py marks; None elsewhere, and nothing is written."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / MARK).is_file()), None)


class Kept:
    """Values by name, in one file of work/; outside of it only until the kernel ends."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._here: dict[str, Any] = {}
        self._lock = threading.Lock()

    def all(self) -> dict[str, Any]:
        """Everything there is."""
        return self._written() | self._here

    def put(self, name: str, value: Any) -> bool:
        """Keep a value (plain data); True if it is in the file, and so survives a restart."""
        with self._lock:
            self._here[name] = value
            folder = home()
            if folder is None:
                return False
            try:
                text = json.dumps(self._written() | {name: value}, indent=1)
                new = folder / f"{self._file}.{os.getpid()}.new"
                new.write_text(text + "\n", encoding="utf-8")
                new.replace(folder / self._file)
            except OSError:
                return False
            return True

    def _written(self) -> dict[str, Any]:
        folder = home()
        if folder is None:
            return {}
        try:
            found = json.loads((folder / self._file).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}
