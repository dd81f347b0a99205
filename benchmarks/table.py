"""The table: one ratio a line, the goal, and met or missed in words."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from benchmarks.rounds import Round


@dataclass(frozen=True)
class Line:
    """`ours` over `theirs`, at the median or at p99; a goal of None is only reported."""

    what: str
    against: str
    ours: list[Round]
    theirs: list[Round]
    goal: float | None = None
    at: str = "p50"
    unit: str = "us"

    def ratio(self, at: str) -> float:
        """The median of our rounds over the median of theirs."""
        return middle(self.ours, at) / middle(self.theirs, at)

    def row(self) -> list[str]:
        rounds = [
            getattr(a, self.at) / getattr(b, self.at)
            for a, b in zip(self.ours, self.theirs, strict=True)
        ]
        many = any(one.p50 != one.p99 for one in self.ours)  # one sample a batch has no p99
        value, other = self.ratio(self.at), "p50" if self.at == "p99" else "p99"
        return [
            self.what,
            self.against,
            f"{figure(value)} x",
            f"{figure(min(rounds))} to {figure(max(rounds))}",
            f"{other} {figure(self.ratio(other))} x" if many else "",
            "" if self.goal is None else f"<= {self.goal:g} x",
            "reported" if self.goal is None else "met" if value <= self.goal else "MISSED",
            self.brackets(),
        ]

    def brackets(self) -> str:
        scale = {"us": 1e6, "ms": 1e3, "MB/s": 1e-6}[self.unit]
        ours, theirs = (
            "/".join(dict.fromkeys(figure(middle(side, at) * scale) for at in ("p50", "p99")))
            for side in (self.ours, self.theirs)
        )
        return f"[{ours} to {theirs} {self.unit}]"


@dataclass(frozen=True)
class Fact:
    """Something that holds or does not; no ratio."""

    what: str
    holds: bool
    detail: str

    def row(self) -> list[str]:
        return [self.what, "", "", "", "", "", "met" if self.holds else "MISSED", self.detail]


HEAD = ["ours", "compared with", "ratio", "of the rounds", "other", "goal", "", "[p50/p99]"]


def middle(rounds: list[Round], at: str) -> float:
    return statistics.median(getattr(one, at) for one in rounds)


def figure(value: float) -> str:
    """Three digits at most, however large or small."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.2g}" if value < 1 else f"{value:.3g}"


def table(rows: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(HEAD, *rows, strict=True)]
    lines = [HEAD, ["-" * width for width in widths], *rows]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
