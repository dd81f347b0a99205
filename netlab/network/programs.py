"""Programs on hosts: started, signalled, and waited for by this process, number 1 of its world."""

from __future__ import annotations

import os
import signal
import threading
from typing import Any


class Programs:
    """Every program that was started; orphans of theirs, which fall to process 1, are reaped."""

    def __init__(self) -> None:
        self._handles: list[int] = []  # pidfds, -1 once the program has ended
        self._codes: list[int | None] = []
        self._running: dict[int, int] = {}  # number of the program, by process number
        self._lock = threading.Lock()
        self._reaped = threading.Condition(self._lock)
        self._started = threading.Event()
        threading.Thread(target=self._reap, daemon=True, name="netlab reaper").start()

    def spawn(self, args: list[str], cwd: str, env: dict[str, str]) -> tuple[int, list[int]]:
        """Start a program in this thread's network; its number, and four descriptors."""
        import subprocess  # takes 10 ms, and most networks run no program

        with self._lock:  # so that the reaper finds the program it has waited for
            process = subprocess.Popen(
                args, cwd=cwd, env=env, stdin=-1, stdout=-1, stderr=-1, start_new_session=True
            )
            process.returncode = 0  # the reaper waits for it: Popen must not
            number = len(self._codes)
            handle = os.pidfd_open(process.pid)  # even if it has ended: it is not reaped yet
            self._running[process.pid] = number
            self._handles.append(handle)
            self._codes.append(None)
            theirs = os.dup(handle)  # here, because the reaper closes ours
        self._started.set()
        near: list[Any] = [process.stdin, process.stdout, process.stderr]
        descriptors = [os.dup(pipe.fileno()) for pipe in near]
        for pipe in near:
            pipe.close()
        return number, [*descriptors, theirs]

    def signal(self, number: int, what: int) -> None:
        """Send a signal to a program; nothing if it has ended."""
        with self._lock:
            if self._handles[number] >= 0:
                try:
                    signal.pidfd_send_signal(self._handles[number], what)
                except ProcessLookupError:
                    pass  # it has ended just now

    def exit_code(self, number: int, ended: bool = False) -> int | None:
        """What a program ended with, -N for signal N; None while it runs.

        ended: its pidfd says so, which it does a little before the reaper knows the code.
        """
        with self._reaped:
            if ended:
                self._reaped.wait_for(lambda: self._codes[number] is not None, timeout=2.0)
            return self._codes[number]

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, 0)
            except ChildProcessError:  # there is none
                self._started.wait()
                self._started.clear()
                continue
            with self._lock:
                if (number := self._running.pop(pid, None)) is not None:
                    self._codes[number] = os.waitstatus_to_exitcode(status)
                    os.close(self._handles[number])
                    self._handles[number] = -1
                    self._reaped.notify_all()
