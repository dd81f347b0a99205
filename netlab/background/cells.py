"""Running a notebook cell again closes what its earlier run started."""

from __future__ import annotations

import hashlib
import sys
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol


class Closable(Protocol):
    def _stop(self) -> object: ...


_apart = threading.local()
_started: dict[str, tuple[str, list[weakref.ref[Closable]]]] = {}


def adopt(thing: Closable) -> None:
    """Remember `thing` under the running cell; stop what an earlier run of that cell started.

    Keyed by cell and execution, so a cell that starts three servers keeps all three.
    """
    if getattr(_apart, "now", False):
        return
    cell, run = _running_cell()
    if not cell:
        return
    earlier, things = _started.get(cell, (run, []))
    if earlier != run:
        for reference in things:
            if (old := reference()) is not None:
                old._stop()
        things = []
    _started[cell] = (run, [*things, weakref.ref(thing)])


@contextmanager
def no_cell() -> Iterator[None]:
    """What this thread starts meanwhile belongs to whoever starts it, and to no cell.

    For work behind a button: the cell that ran last when it was pressed has nothing to do with it.
    """
    _apart.now = True
    try:
        yield
    finally:
        _apart.now = False


def _running_cell() -> tuple[str, str]:
    """Id of the running cell, and of this execution; empty outside a notebook.

    Where the notebook's program tells no ids (nbval, nbclient), the cell's source stands for it.
    """
    ipython = sys.modules.get("IPython")
    shell: Any = ipython.get_ipython() if ipython else None
    try:
        parent = shell.get_parent()
        return parent["metadata"]["cellId"], parent["header"]["msg_id"]
    except (AttributeError, KeyError, TypeError):
        return running_source()


def running_source() -> tuple[str, str]:
    """A digest of the running cell's source, and the mark of this execution; empty outside.

    The source and not the cell's id: nbval and nbclient do not tell a kernel the ids. From the
    request itself, since nbval keeps no history.
    """
    ipython = sys.modules.get("IPython")
    shell: Any = ipython.get_ipython() if ipython else None
    try:
        parent = shell.get_parent()
        source, run = parent["content"]["code"], parent["header"]["msg_id"]
    except (AttributeError, KeyError, TypeError):
        try:
            source, run = shell.user_ns["In"][-1], str(shell.execution_count)
        except (AttributeError, KeyError, IndexError, TypeError):
            return "", ""
    return hashlib.sha256(source.strip().encode()).hexdigest()[:12], run
