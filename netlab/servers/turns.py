"""Turns: busy handlers take turns in the order they came.

Python's own lock on the interpreter goes to whoever is quickest: with fifty busy connections some
wait for half a second while others are served a hundred times.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A lock that is handed over to whoever has waited longest."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def take(self) -> None:
        """Wait for one's turn."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        mine.acquire()

    def give(self) -> None:
        """Hand the turn to the next; before anything that may block."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    @contextmanager
    def given(self) -> Iterator[None]:
        """Let others go on while this block waits for something."""
        self.give()
        try:
            yield
        finally:
            self.take()
