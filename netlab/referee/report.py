"""The report on a verdict: the same words in a notebook, a terminal and a teacher's feedback."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from netlab.referee.gap import brief, carried, cut, show
from netlab.referee.ladder import ladder
from netlab.referee.peer import Event
from netlab.referee.scenario import ANYTHING, Call, Token
from netlab.referee.verdict import Result, Verdict

LINES, COLUMNS = 15, 100


@dataclass(frozen=True)
class Report:
    """What the learner reads: text everywhere, and where HTML is shown the same with a ladder.

    head is the verdict and the scenario, steps the calls that led to the gap, gap what differs,
    advice what to read or do next.
    """

    passed: bool
    head: str
    steps: tuple[str | Event, ...] = ()
    gap: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()

    def __repr__(self) -> str:
        steps = [describe(step) if isinstance(step, Event) else step for step in self._shown]
        head = self.head.splitlines()
        body = [f"    {line}" for line in (*steps, *self.gap)]
        tight = len(head) + len(body) + len(self.advice) >= LINES
        parts = [*head, *body, *([""] if body and self.advice and not tight else []), *self.advice]
        return "\n".join(cut(line, COLUMNS) for line in parts)

    def _repr_html_(self) -> str:
        return ladder(self.passed, self.head, self._shown, self.gap, self.advice)

    @property
    def _shown(self) -> list[str | Event]:
        """The first and the last steps, and between them how many are left out."""
        room = LINES - len(self.head.splitlines()) - len(self.gap) - len(self.advice) - 1
        if len(self.steps) <= room + 1:  # the empty line goes before a call does
            return list(self.steps)
        last = (room - 1) // 2
        middle = f"    ... {len(self.steps) - room + 1} more calls ..."
        return [*self.steps[: room - 1 - last], middle, *self.steps[-last:]]


def report(verdict: Verdict, name: str, diagnosis: Sequence[str] = ()) -> Report:
    """Put a verdict on the exercise `name` in words; a diagnosis stands below the gap."""
    mine, failed = verdict.answer.name, verdict.first_failure
    total = len(verdict.results)
    if failed is None:
        return Report(True, f"{name}: all {total} scenarios pass.")
    good = sum(result.gap is None for result in verdict.results)
    head = f"{name}: {good} of {total} scenarios pass. The first that does not:"
    gap = _gap(failed)
    steps = _steps(mine, failed, LINES - 3 - len(gap) - len(diagnosis) - 1)
    return Report(
        False,
        f"{head}\n{failed.played.scenario.words}",
        steps,
        gap,
        (*diagnosis, f'More: hint("{name}")'),
    )


def _gap(failed: Result) -> tuple[str, ...]:
    assert failed.gap is not None
    printed = "".join(outcome.printed for outcome in failed.played.outcomes).split("\n")[0]
    return (*failed.gap.lines, *([f"your code printed: {printed}"] if printed else []))


def _steps(name: str, failed: Result, room: int) -> tuple[str | Event, ...]:
    """Each call of the answer up to the gap, and below it the calls that it made in turn.

    Where it makes its own connections, these are many; then only the last call is shown.
    """
    assert failed.gap is not None
    played, end = failed.played, failed.gap.call
    log, seen = played.peer.log, 0
    lines: list[str | Event] = []
    last = 0  # where the last call begins
    outcomes = played.outcomes if end is None else played.outcomes[: end + 1]
    for number, (call, outcome) in enumerate(zip(played.scenario.calls, outcomes, strict=False)):
        last = len(lines)
        lines += _call(name, call)
        lines += _together(log[seen : outcome.events])
        seen = outcome.events
        if number != end and outcome.error:
            lines.append(f"raised   {outcome.error[0]}")
        elif number != end and (call.raises or call.returns is not ANYTHING):
            lines.append(f"returned {show(outcome.value)}")
    if played.scenario.servers and len(lines) > room and last:
        return (f"... {len(outcomes) - 1} calls before, all as expected ...", *lines[last:])
    return tuple(lines)


def _together(events: Sequence[Event]) -> list[Event]:
    """The same calls, where a row of those that brought one byte each is one line."""
    rows = [
        list(row) for _, row in groupby(events, lambda event: (event.call, _is_one_byte(event)))
    ]
    lines: list[Event] = []
    for row in rows:
        if len(row) < 4 or not _is_one_byte(row[0]):
            lines += row
        else:
            data = b"".join(event.data or b"" for event in row)
            lines.append(Event(f"{row[0].call} x {len(row)}", data, row=len(row)))
    return lines


def _is_one_byte(event: Event) -> bool:
    if event.sent or event.note or event.whole:
        return False
    return event.data is not None and len(event.data) == 1


def _call(name: str, call: Call) -> list[str]:
    if call.text:
        first, *others = call.text.splitlines()
        return [first, *(f"    {line}" for line in others)]
    arguments = ", ".join(
        item.value if isinstance(item, Token) else brief(item) for item in call.args
    )
    return [f"{f'reader.{call.method}' if call.method else name}({arguments})"]


def describe(event: Event) -> str:
    """One call of the socket in a line, and what came of it."""
    shown = event.data or (event.data is not None and not event.note)
    parts = [carried(event)] if shown else []
    parts = [part for part in (event.waited, *parts, event.note) if part]
    return f"    {event.call:<12} {'->' if event.sent else '<-'} {'; '.join(parts)}"
