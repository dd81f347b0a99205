"""Trouble on a byte stream: what a TCP relay may do to bytes without losing any in the middle."""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What happens to the bytes of each connection, counted in each direction.

    split: the reader gets at most this many bytes at a time; the next piece is sent once it has
    taken the one before (bytes). coalesce: bytes that arrive within this time leave as one
    piece (seconds). stall_after: nothing more gets through after this many bytes. reset_after:
    the connection is reset once the reader has taken this many bytes. Raises TypeError, ValueError.
    """

    split: int | None = None
    coalesce: float = 0.0
    stall_after: int | None = None
    reset_after: int | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "coalesce":
                if isinstance(value, bool) or not isinstance(value, int | float):
                    raise TypeError(f"expected seconds for coalesce, got {value!r}")
                if not 0 <= value <= 60:
                    raise ValueError(f"coalesce={value!r}: expected 0 to 60 seconds")
                continue
            if value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, int):
                raise TypeError(f"expected a whole number of bytes for {field.name}, got {value!r}")
            least = 1 if field.name == "split" else 0
            if value < least:
                raise ValueError(f"{field.name}={value}: expected {least} or more bytes")

    def before_trouble(self, sent: int) -> int:
        """How many more bytes may pass, `sent` having passed already."""
        limits = [n for n in (self.stall_after, self.reset_after) if n is not None]
        return max(0, min(limits) - sent) if limits else sys.maxsize
