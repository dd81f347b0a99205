"""Samples: what a measurement brings home, with its numbers, its files and its charts."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, overload

if TYPE_CHECKING:
    from netlab.charts import Chart

MARK = "# netlab samples "  # first line of a CSV file, followed by the description as JSON
COLUMNS = ["scheduled", "sent", "received"]


@dataclass(frozen=True, slots=True)
class Sample:
    """One round trip; all times in seconds since the first was due. received None: lost."""

    scheduled: float
    sent: float
    received: float | None

    @property
    def rtt(self) -> float | None:
        """Seconds from sent to received; None if lost."""
        return None if self.received is None else self.received - self.sent


@dataclass(frozen=True, repr=False)
class Samples:
    """The round trips of one ping, in order of sending, and what was asked.

    asked: the round trip asked of the link (seconds) or None; warmup: round trips (seconds)
    kept apart; size in bytes; interval in seconds, 0 for a closed loop. Quantiles are of the
    round trips that came back.
    """

    label: str
    vehicle: str
    transport: str
    size: int
    interval: float
    asked: float | None
    samples: list[Sample]
    warmup: list[float] = field(default_factory=list)

    @property
    def rtts(self) -> list[float]:
        """Round trips in seconds, in order of sending, without the lost ones."""
        return [sample.rtt for sample in self.samples if sample.rtt is not None]

    @property
    def lost(self) -> int:
        """How many never came back, or came later than the timeout."""
        return len(self.samples) - len(self.rtts)

    @property
    def median(self) -> float:
        """The middle round trip, in seconds; ValueError if none came back."""
        return self.quantile(0.5)

    @property
    def p99(self) -> float:
        """99 of 100 took no longer, in seconds; carries(0.99) says whether to trust it."""
        return self.quantile(0.99)

    def quantile(self, q: float) -> float:
        """The q-quantile of the round trips in seconds, interpolated (q = 0.5 is the median).

        Raises ValueError if q is outside 0..1 or if no round trip came back.
        """
        if not 0 <= q <= 1:
            raise ValueError(f"a quantile is between 0 and 1 (0.99 for p99); got {q!r}")
        rtts = sorted(self.rtts)
        if not rtts:
            raise ValueError(
                f"no quantile of nothing: {self.lost} of {len(self)} round trips were lost; "
                "measure again with a server that answers"
            )
        place = q * (len(rtts) - 1)
        low = int(place)
        high = min(low + 1, len(rtts) - 1)
        return rtts[low] + (rtts[high] - rtts[low]) * (place - low)

    def carries(self, q: float) -> bool:
        """Whether ten or more round trips lie beyond the q-quantile: p99 needs n >= 1000."""
        return len(self.rtts) * min(q, 1 - q) >= 10 - 1e-9

    def chart(self, ax: Any = None) -> Chart:
        """Every round trip as a dot over time, their distribution beside it."""
        from netlab.charts import rtt

        return rtt(self, ax=ax)

    def compare(self, *others: Samples, ax: Any = None) -> Chart:
        """The same two panels with up to four more series."""
        from netlab.charts import compare

        return compare(self, *others, ax=ax)

    @overload
    def to_csv(self, path: None = None) -> str: ...
    @overload
    def to_csv(self, path: str | Path) -> None: ...
    def to_csv(self, path: str | Path | None = None) -> str | None:
        """One line a round trip (seconds; received empty if lost), written to path or returned.

        The first line, a comment, holds the rest; read it with from_csv, or with pandas as
        read_csv(path, comment="#").
        """
        about = self._as_dict()
        rows = about.pop("samples")
        lines = [MARK + json.dumps(about), ",".join(COLUMNS)]
        lines += [",".join("" if time is None else repr(time) for time in row) for row in rows]
        return _write("\n".join(lines) + "\n", path)

    @classmethod
    def from_csv(cls, source: str | Path) -> Self:
        """Read what to_csv wrote: a path, or the text itself. ValueError for anything else."""

        def parse(text: str) -> dict[str, Any]:
            first, columns, *rows = text.splitlines()
            if not first.startswith(MARK) or columns.split(",") != COLUMNS:
                raise ValueError(f"it starts with {text[:40]!r}")
            about: dict[str, Any] = json.loads(first.removeprefix(MARK))
            about["samples"] = [[float(x) if x else None for x in row] for row in csv.reader(rows)]
            return about

        return cls._read(source, "CSV", parse)

    @overload
    def to_json(self, path: None = None) -> str: ...
    @overload
    def to_json(self, path: str | Path) -> None: ...
    def to_json(self, path: str | Path | None = None) -> str | None:
        """Everything as one JSON object (seconds; received null if lost), written or returned."""
        return _write(json.dumps(self._as_dict()) + "\n", path)

    @classmethod
    def from_json(cls, source: str | Path) -> Self:
        """Read what to_json wrote: a path, or the text itself. ValueError for anything else."""
        return cls._read(source, "JSON", json.loads)

    def _as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"samples": [[s.scheduled, s.sent, s.received] for s in self.samples]}

    @classmethod
    def _read(cls, source: str | Path, kind: str, parse: Callable[[str], Any]) -> Self:
        is_text = isinstance(source, str) and ("\n" in source or source.lstrip().startswith("{"))
        text = str(source) if is_text else Path(source).read_text(encoding="utf-8")
        try:
            found = parse(text)
            if set(found) != {part.name for part in fields(cls)}:
                raise ValueError(f"it holds {', '.join(sorted(map(str, found))) or 'nothing'}")
            rows = [Sample(*row) for row in found["samples"]]
            _check(found, rows)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ValueError(
                f"expected {kind} of netlab samples, but {error}; "
                f"write such a file with samples.to_{kind.lower()}(path)"
            ) from None
        return cls(**(found | {"samples": rows}))

    def __len__(self) -> int:
        return len(self.samples)

    def __repr__(self) -> str:
        return f"Samples({len(self)} round trips, {self.lost} lost, {self.label}, {self.vehicle})"


def _check(found: dict[str, Any], rows: list[Sample]) -> None:
    """Raise ValueError unless every value read from a file is of its kind."""
    numbers = [found["interval"], found["size"], *found["warmup"]]
    numbers += [time for row in rows for time in (row.scheduled, row.sent)]
    numbers += [x for x in (found["asked"], *(row.received for row in rows)) if x is not None]
    for value in numbers:
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not (number and math.isfinite(value)):
            raise ValueError(f"it has {value!r} where a number belongs")
    for name in ("label", "vehicle", "transport"):
        if not isinstance(found[name], str):
            raise ValueError(f"its {name} is {found[name]!r}, not a string")


def _write(text: str, path: str | Path | None) -> str | None:
    if path is None:
        return text
    Path(path).write_text(text, encoding="utf-8", newline="\n")
    return None
