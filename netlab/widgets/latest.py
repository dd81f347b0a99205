"""One thread that does the newest job; jobs that a newer one overtook are forgotten."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any


class Latest:
    """Calls work(job) for the newest job asked, in a thread of its own, one at a time.

    A job that has begun runs to its end: its work should take no more than a second or two, or
    ask `overtaken` now and then.
    """

    def __init__(self, work: Callable[[Any], None]) -> None:
        self._work = work
        self._news = threading.Condition()
        self._job: list[Any] = []
        self.closed = False
        self._thread = threading.Thread(target=self._run, name="netlab-explorer", daemon=True)
        self._thread.start()

    def ask(self, job: Any) -> None:
        """Do this next, in place of whatever has not begun."""
        with self._news:
            self._job = [job]
            self._news.notify()

    def overtaken(self, seconds: float = 0.0) -> bool:
        """Whether a newer job waits or the end has come, or does so within `seconds`."""
        with self._news:
            return bool(self._news.wait_for(lambda: self.closed or self._job, seconds))

    def close(self, timeout: float = 3.0) -> None:
        """Forget what has not begun; wait `timeout` seconds at most for what has."""
        with self._news:
            self.closed, self._job = True, []
            self._news.notify()
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout)

    def _run(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self.closed or self._job)
                if self.closed:
                    return
                job = self._job.pop()
            self._work(job)
