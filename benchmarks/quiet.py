"""The quiet gate: measure while nothing else computes, and say how often that was not to be had."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

WINDOW = 0.3  # seconds to look before a batch
QUIET = 0.05  # of one CPU may be busy with what is not ours
COARSE = 0.02  # seconds: the kernel's counters are no finer than a few ticks
BOUND = 20.0  # seconds that one batch may wait and repeat
PATIENCE = 180.0  # seconds that a run may lose so, in all


class Gate:
    """Waits before each batch, looks again after it, and repeats a batch that was disturbed."""

    def __init__(self) -> None:
        self.batches = 0
        self.repeated = 0
        self.disturbed = 0
        self.patience = PATIENCE

    def measure(self, batch: Callable[[], T]) -> T:
        """The result of `batch`, undisturbed if that can be had within BOUND seconds."""
        self.batches += 1
        start = time.monotonic()
        end = start + min(BOUND, self.patience)
        while True:
            while foreign(lambda: time.sleep(WINDOW))[1] > QUIET and time.monotonic() < end:
                pass
            began = time.monotonic()
            result, share = foreign(batch)
            if share <= QUIET or began >= end:
                break
            self.repeated += 1
        self.patience -= began - start
        self.disturbed += share > QUIET
        return result

    def __str__(self) -> str:
        if not VISIBLE:
            return "Quiet gate: this system has no /proc/stat, so nobody knows what else ran."
        return (
            f"Quiet gate: {self.batches} batches; {self.repeated} more were disturbed and measured "
            f"again; {self.disturbed} count although something else used over {QUIET:.0%} of a CPU"
            f"{': run again on a quiet machine' if self.disturbed else ''}."
        )


VISIBLE = Path("/proc/stat").exists()


def foreign(batch: Callable[[], T]) -> tuple[T, float]:
    """What `batch` returns, and the share of one CPU that others used meanwhile."""
    start, before = time.monotonic(), _all() - _ours()
    result = batch()
    used = _all() - _ours() - before
    return result, max(0.0, used - COARSE) / (time.monotonic() - start)


def _all() -> float:
    """CPU seconds used since boot, by everybody: proc(5), the first line of /proc/stat."""
    if not VISIBLE:
        return 0.0
    user, nice, system, _idle, _iowait, irq, softirq, steal, *_ = map(
        int, Path("/proc/stat").read_text().split(maxsplit=11)[1:11]
    )
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def _ours() -> float:
    """CPU seconds of this process and of its descendants, those that have ended included."""
    if not VISIBLE:
        return 0.0
    parents, used = {}, {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = int(file.parent.name), file.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended just now
        parents[pid], used[pid] = int(rest[1]), sum(map(int, rest[11:15]))
    ours = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(used.get(pid, 0) for pid in ours) / os.sysconf("SC_CLK_TCK")
