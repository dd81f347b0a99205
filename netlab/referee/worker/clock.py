"""Time as the answer sees it: in a scenario that has a clock of its own, the referee keeps it."""

from __future__ import annotations

import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

READING = ("time", "monotonic", "perf_counter")
NAMES = [*READING, *(f"{name}_ns" for name in READING), "process_time", "sleep"]
REAL = {name: getattr(time, name) for name in NAMES}


def set_clock(ask: Callable[[dict[str, Any]], dict[str, Any]] | None) -> None:
    """From now on the referee is asked for the time; None gives the computer's own back."""
    if ask is None:
        changed = REAL
    else:

        def now(seconds: float = 0.0) -> float:
            reply: float = ask({"do": "clock", "seconds": seconds})["now"]
            return reply

        changed = {name: lambda: now() for name in READING}
        changed |= {f"{name}_ns": lambda: round(now() * 1e9) for name in READING}
        changed["process_time"] = lambda: 0.0  # whoever waits for a network computes nothing
        changed["sleep"] = lambda seconds: now(float(seconds)) and None
    for name, function in changed.items():
        setattr(time, name, function)
