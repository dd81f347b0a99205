"""The gap between what had to come and what came, in plain words and with the bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from netlab.referee.peer import Event
from netlab.referee.play import Outcome, Played
from netlab.referee.scenario import ANYTHING, Call
from netlab.referee.values import Strange

WIDTH, END = 60, 7  # characters of a value that are shown, and how many of them from its end
ROW_END = 44  # the same for a row of calls: the last ones are the news
LETTER = re.compile(r"\\x..|\\u.{4}|\\U.{8}|\\.|.", re.DOTALL)  # as repr writes one
NOTHING = Strange("nothing")


@dataclass(frozen=True)
class Gap:
    """kind is one word for programs; the lines are for the learner."""

    kind: str
    lines: tuple[str, ...]
    call: int | None = None  # the number of the call that it is about


def find_gap(played: Played) -> Gap | None:
    """What is wrong with this run; None if nothing is."""
    scenario = played.scenario
    if not played.outcomes:
        return Gap("not run", ("it was not run: an earlier one like it never ended",))
    if scenario.looks is not None:
        return _looked(played)
    for number, outcome in enumerate(played.outcomes):
        if gap := _of_call(scenario.calls[number], outcome):
            cause = _of_net(played) if gap.kind in ("value", "no error") else None
            return cause or replace(gap, call=number)
    return _of_wire(played)


def show(value: Any, end: int = END) -> str:
    """A value as `brief` writes it; bytes are counted."""
    if value is NOTHING:
        return "nothing"
    text = brief(value, end)
    return f"{_count(value)}: {text}" if isinstance(value, bytes) else text


def carried(event: Event) -> str:
    """The bytes of a call."""
    return show(event.data, ROW_END if event.row else END)


def brief(value: Any, end: int = END) -> str:
    """A value as Python writes it, cut in the middle if it is long, but never inside an escape."""
    text = repr(value)
    if len(text) <= WIDTH:
        return text
    edges = [match.end() for match in LETTER.finditer(text)]
    first = max(edge for edge in edges if edge <= WIDTH - 5 - end)
    last = min(edge for edge in edges if edge >= len(text) - end)
    return f"{text[:first]} ... {text[last:]}"


def cut(line: str, width: int) -> str:
    """A line of at most this many characters; what is left out is marked."""
    return line if len(line) <= width else f"{line[: width - 4]} ..."


def _count(data: bytes) -> str:
    return f"{len(data)} byte{'s' * (len(data) != 1)}"


def _looked(played: Played) -> Gap | None:
    outcome = played.outcomes[-1]
    if outcome.kind != "returned":
        return _no_result(outcome, "a value")
    assert played.scenario.looks is not None
    complaint = played.scenario.looks(outcome.value)
    return Gap("value", tuple(complaint.splitlines())) if complaint else None


def _of_call(call: Call, outcome: Outcome) -> Gap | None:
    anything = "no error" if call.looks is None else "a value"
    error = "an error" if call.raises == "Exception" else call.raises
    if call.idles:
        anything = "a loop that goes on: at the end, select waits"
    wanted = error or (anything if call.returns is ANYTHING else show(call.returns))
    if call.idles and outcome.kind == "idle":
        return None
    if call.raises and outcome.kind == "raised":
        return _of_error(call, outcome)
    if call.may_raise and call.may_raise in outcome.error:
        return None
    if outcome.kind != "returned":
        return _no_result(outcome, wanted)
    if call.idles:
        return Gap("no error", (f"expected {wanted}", f"returned {show(outcome.value)}"))
    if call.raises:
        return Gap("no error", (f"expected {wanted}", f"returned {show(outcome.value)}"))
    if call.looks is not None:
        complaint = call.looks(outcome.value)
        return Gap("value", tuple(complaint.splitlines())) if complaint else None
    if call.returns is ANYTHING:
        return None
    return of_value(call.returns, outcome.value)


def _of_error(call: Call, outcome: Outcome) -> Gap | None:
    if call.raises not in outcome.error:
        return _no_result(outcome, call.raises)
    missing = [n for n in call.says if n not in map(int, re.findall(r"\d{1,9}", outcome.words))]
    if not missing:
        return None
    wanted = " and ".join(map(str, call.says))
    return Gap(
        "silent error",
        (
            f"expected {call.raises} with a message that says {wanted}",
            f"raised   {outcome.error[0]} with the message {show(outcome.words)}",
        ),
    )


def _no_result(outcome: Outcome, wanted: str) -> Gap:
    """Something else than a value came of the call, or nothing ever will."""
    where = f"at {outcome.place}" if outcome.place else ""
    inside = f" in {outcome.place.function}, {outcome.place}" if outcome.place else ""
    came = {
        "blocked": "it waits for ever: nothing more comes",
        "full": "it waits for ever: the buffers are full, and nobody reads",
        "held": "it waits for one client, and all the others wait with it",
        "idle": "select waits for ever: nothing more comes",
        "spins": "it asks again and again, and nothing comes: this loop never ends",
        "running": f"it never ends: still running{inside}",
        "ended": "its process ended in the middle of the call",
        "flood": "it sent more than any answer needs",
    }.get(outcome.kind, "")
    if outcome.kind != "raised":
        return Gap(outcome.kind, (f"expected {wanted}", came))
    name = outcome.error[0] if outcome.error else "an error"
    lines = [
        f"expected {wanted}",
        cut(f"raised   {name}{': ' * bool(outcome.words)}{outcome.words}", 90),
    ]
    if name == "NameError":
        lines.append(
            "the check sees what your function uses, and no servers or sockets of the notebook"
        )
    if name in ("ImportError", "ModuleNotFoundError") and "netlab" in outcome.words:
        lines.append(
            "the check plays the sockets itself: nothing of netlab can be used in an answer"
        )
    return Gap("raised", (*lines, where) if where else tuple(lines))


def of_value(wanted: Any, came: Any) -> Gap | None:
    """How a value differs from the only right one."""
    if type(came) is type(wanted) and came == wanted:
        return None
    where, wanted, came = _part(wanted, came)
    lines: tuple[str, ...] = (f"expected {show(wanted)}", f"returned {show(came)}")
    if where:
        lines = (f"in the returned value, at {where}:", *lines)
    if NOTHING not in (wanted, came) and type(came) is not type(wanted):
        kinds = f"that is of the type {type(came).__name__}, not {type(wanted).__name__}"
        plain = came is None or isinstance(came, Strange)
        return Gap("type", lines if plain else (*lines, kinds))
    if not isinstance(wanted, bytes):
        return Gap("value", lines)
    return Gap("value", (*lines, _difference(wanted, came)))


def _part(wanted: Any, came: Any, where: str = "") -> tuple[str, Any, Any]:
    """The first part that differs: where it is, as [0] or ['name'], and what stands there."""
    if type(wanted) is type(came) and isinstance(wanted, tuple) and len(wanted) == len(came):
        for place, (part, other) in enumerate(zip(wanted, came, strict=True)):
            if part != other:
                return _part(part, other, f"{where}[{place}]")
    if isinstance(wanted, dict) and isinstance(came, dict):
        for key in [*wanted, *came]:
            part, other = wanted.get(key, NOTHING), came.get(key, NOTHING)
            if part != other:
                return _part(part, other, f"{where}[{key!r}]")
    return where, wanted, came


def _difference(wanted: bytes, came: bytes) -> str:
    same = next(
        (i for i, (a, b) in enumerate(zip(wanted, came, strict=False)) if a != b),
        min(len(wanted), len(came)),
    )
    if same == len(came):
        return f"missing: {_last(len(wanted) - same, len(wanted))}"
    if same == len(wanted):
        return f"too many: {_last(len(came) - same, len(came))}"
    return f"they differ from byte {same + 1} on"


def _last(count: int, total: int) -> str:
    if count == total:
        return "all of it"
    return f"the last {count} of {total} bytes" if count > 1 else f"the last of {total} bytes"


def _of_wire(played: Played) -> Gap | None:
    """Every call was right: are the bytes on the wire, too?"""
    scenario, received = played.scenario, bytes(played.peer.received)
    if scenario.sent is not None and received != scenario.sent:
        sent = (
            f"expected {show(scenario.sent)} on the wire",
            f"sent     {show(received)}",
            _difference(scenario.sent, received),
        )
        return Gap("wire", sent)
    if scenario.left is not None and played.peer.left != scenario.left:
        lines = (
            f"expected {show(scenario.left)} left in the stream for the next reader",
            f"left     {show(played.peer.left)}",
        )
        return Gap("taken", lines)
    return _of_net(played)


def _of_net(played: Played) -> Gap | None:
    """What the scenario itself finds wrong with the connections: nearer to the cause, if there."""
    after = played.scenario.after
    complaint = after(played.peer) if after else ""
    return Gap("after", tuple(complaint.splitlines())) if complaint else None
