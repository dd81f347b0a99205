"""Answers of several values: which of them is wrong, by its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from netlab.referee.gap import of_value, show

OCTETS = 20  # bytes that a line shows


def parts(names: Sequence[str], wanted: Sequence[Any]) -> Callable[[Any], str]:
    """A look at a tuple, or a list, of these values: the first that differs, and how."""

    def look(came: Any) -> str:
        if type(came) not in (tuple, list):
            return f"expected {len(names)} values: {', '.join(names)}\nreturned {show(came)}"
        if len(came) != len(names):
            first = f"expected {len(names)} values: {', '.join(names)}"
            return f"{first}\nreturned {len(came)}: {show(came)}"
        for name, right, value in zip(names, wanted, came, strict=True):
            if gap := of_value(right, value):
                indent = " " * len(f"the {name}: ")
                return f"the {name}: " + f"\n{indent}".join(gap.lines)
        return ""

    return look


def octets(data: bytes) -> str:
    """Bytes in hexadecimal; the middle of many is left out, and they are counted."""
    if len(data) <= OCTETS:
        return data.hex(" ")
    return f"{data[: OCTETS - 4].hex(' ')} ... {data[-2:].hex(' ')} ({len(data)} bytes)"
