"""What a server saw: small records, bounded, readable as lines."""

from __future__ import annotations

import time
from collections import deque
from typing import Any, NamedTuple

KEPT_RECORDS = 10_000
KEPT_BYTES = 64  # of each message: enough to recognise it


class Record(NamedTuple):  # a dataclass would cost the child 10 ms of imports
    """One event: `time` in seconds since the server started, `size` in bytes, `data` its start."""

    time: float
    client: int
    peer: tuple[str, int]
    event: str
    size: int
    data: bytes

    def __repr__(self) -> str:
        if self.event not in ("received", "sent"):
            return f"client {self.client}  {self.event}"
        arrow = "→ server" if self.event == "received" else "← server"
        more = "..." if self.size > len(self.data) else ""
        unit = "byte" if self.size == 1 else "bytes"
        return f"client {self.client}  {arrow}  {self.size} {unit}  {self.data!r}{more}"


class Log(list[Record]):
    """A list of records that shows itself as lines; `dropped` counts those too old to be kept."""

    def __init__(self, records: list[Record], dropped: int = 0) -> None:
        super().__init__(records)
        self.dropped = dropped

    def __repr__(self) -> str:
        lines = [repr(record) for record in self]
        if self.dropped:
            lines.insert(0, f"({self.dropped} earlier records were not kept)")
        return "\n".join(lines) or "(nothing yet)"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))


class Journal:
    """Where a server writes: an append is one deque operation, so logging costs no round trip."""

    def __init__(self) -> None:
        self.started = time.perf_counter()
        self._entries: deque[tuple[float, int, tuple[str, int], str, int, bytes]] = deque(
            maxlen=KEPT_RECORDS
        )
        self._written = 0

    def add(
        self, client: int, peer: tuple[str, int], event: str, data: bytes | memoryview = b""
    ) -> None:
        self._entries.append(
            (time.perf_counter(), client, peer, event, len(data), bytes(data[:KEPT_BYTES]))
        )
        self._written += 1

    def log(self) -> Log:
        written = self._written  # first: handlers may write while this copies
        entries = list(self._entries)
        records = [Record(entry[0] - self.started, *entry[1:]) for entry in entries]
        return Log(records, max(0, written - len(entries)))

    def wire(self) -> dict[str, Any]:
        """The same as JSON values: bytes travel as Latin-1 text, one character a byte."""
        log = self.log()
        rows = [(r.time, r.client, r.peer, r.event, r.size, r.data.decode("latin-1")) for r in log]
        return {"records": rows, "dropped": log.dropped}


def from_wire(message: dict[str, Any]) -> Log:
    """The log that `Journal.wire` described."""
    records = [
        Record(when, client, tuple(peer), event, size, data.encode("latin-1"))
        for when, client, peer, event, size, data in message["records"]
    ]
    return Log(records, message["dropped"])
