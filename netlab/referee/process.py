"""The worker process as the referee sees it: lines to it, lines from it, a clock, and its end."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

ROOT = str(Path(__file__).parent.parent.parent)
BOOT = (
    "import sys; sys.path.append(sys.argv[1]); from netlab.referee.worker.main import main; main()"
)
LONGEST_LINE = 20_000_000  # bytes; what is longer than any honest answer
CPU_LIMIT, SILENCE = 0.5, 1.2  # seconds: computing in one scenario, and without a word from it
LOOK = 0.02  # seconds between two looks at the clock
START_LIMIT = 20.0  # seconds; a cold disk may need several
LOOKS, APART = 20, 0.002  # how often we look where a stuck answer is, and how far apart in seconds


class WorkerGone(Exception):
    """`why` is "ended", "running" (the clock ended it) or "flood" (it said too much)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Worker:
    """One worker process; `level` says how closely it is shut in.

    The clock is a thread that ends a worker whose time is over, so that reading from it may block.
    """

    def __init__(self) -> None:
        self._stacks = tempfile.TemporaryFile()  # noqa: SIM115 - close() closes it
        command = [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", BOOT, ROOT]
        windows = sys.platform == "win32"
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stacks,
            cwd=os.path.abspath(os.sep),
            env={"SYSTEMROOT": os.environ["SYSTEMROOT"]} if windows else {},
            start_new_session=not windows,
        )
        self.timed_out = False
        self._lock = threading.Condition()
        self._closed = False
        self._started: float | None = None  # its processor time when the clock started
        self._owes = True  # it is its turn to speak
        self._silence, self._looked = 0.0, time.monotonic()
        self._limits = (START_LIMIT, START_LIMIT)
        self._clock = threading.Thread(target=self._watch, daemon=True, name="netlab referee clock")
        self._clock.start()
        try:
            self.start_clock()
            self.level: str = self.hear()["ready"]
            self._limits = (CPU_LIMIT, SILENCE)
        except BaseException as error:
            said = self.stacks()
            self.close()
            if isinstance(error, WorkerGone | KeyError):
                raise RuntimeError(f"the referee's worker did not start: {said[-500:]}") from error
            raise

    def say(self, message: dict[str, Any]) -> None:
        """Send one line; WorkerGone when nobody is there to read it."""
        assert self._process.stdin is not None
        self._owes = True
        try:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            raise WorkerGone("running" if self.timed_out else "ended") from None

    def hear(self) -> dict[str, Any]:
        """The next line, as a dict; WorkerGone when there is none, or it is none of ours."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline(LONGEST_LINE)
        self._owes, self._silence = False, 0.0
        if self.timed_out:
            raise WorkerGone("running")
        if len(line) == LONGEST_LINE:
            raise WorkerGone("flood")
        if not line.endswith(b"\n"):
            raise WorkerGone("ended")
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            raise WorkerGone("ended") from None
        if not isinstance(message, dict):
            raise WorkerGone("ended")
        return message

    def start_clock(self) -> None:
        """The time of a scenario begins now."""
        with self._lock:
            self._started, self._silence = self._cpu(), 0.0
            self._lock.notify()

    def stop_clock(self) -> None:
        with self._lock:
            self._started = None

    def wait_for_clock(self) -> None:
        """Until the clock, whose time ran out, has looked where the worker is."""
        self._clock.join(10)

    def stacks(self) -> str:
        """What the worker showed of its place whenever the clock asked."""
        self._stacks.seek(0)
        return self._stacks.read(100_000).decode(errors="replace")

    def close(self) -> None:
        """End the process, however busy it is."""
        with self._lock:
            self._closed = True
            self._lock.notify()
        self._process.kill()
        self._process.wait(10)
        self._clock.join(10)
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:
                pass
        self._stacks.close()

    def _cpu(self) -> float:
        """Seconds of processor time that the worker has used; 0 where another may not ask."""
        if sys.platform == "linux":
            try:
                return time.clock_gettime((~self._process.pid << 3) | 2)
            except OSError:
                pass
        return 0.0

    def _over(self) -> bool:
        """Is its time up? Its silence is counted look by look: if we did not run, none passed."""
        now = time.monotonic()
        passed, self._looked = min(now - self._looked, 2 * LOOK), now
        if self._started is None:
            return False
        cpu, silence = self._limits
        if self._owes and not self._starved():
            self._silence += passed
        return self._silence > silence or self._cpu() - self._started > cpu

    def _starved(self) -> bool:
        """Is what it said not read yet, or does it wait for a processor or a disk?"""
        if sys.platform != "linux":
            return False
        try:
            if select.select([self._process.stdout or 0], [], [], 0)[0]:
                return True
            stat = Path(f"/proc/{self._process.pid}/stat").read_text("ascii", "replace")
        except (OSError, ValueError):
            return False
        return stat.rpartition(")")[2].split()[0] in "RD"

    def _watch(self) -> None:
        with self._lock:
            while not self._closed:
                self._lock.wait(None if self._started is None else LOOK)
                if not self._closed and self._over():
                    self.timed_out = True
                    break
            for _ in range(LOOKS if self.timed_out and hasattr(signal, "SIGUSR1") else 0):
                self._process.send_signal(signal.SIGUSR1)
                self._lock.wait_for(lambda: self._closed, APART)
        if self.timed_out:
            self._process.kill()
