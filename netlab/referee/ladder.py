"""The report as HTML: the text's words, and the calls and bytes as a ladder between two lines."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from netlab.referee.gap import show
from netlab.referee.peer import Event

SHOWN = 12  # rungs
LINE = "border-{}:2px solid currentColor;padding:1px 8px;white-space:nowrap;text-align:{}"


def ladder(
    passed: bool,
    head: str,
    events: Sequence[Event],
    gap: Sequence[str],
    advice: Sequence[str],
) -> str:
    """Colour repeats what the words say, and no colour is fixed where a theme may be dark."""
    colour = "seagreen" if passed else "crimson"
    parts = [f"<b>{escape(head).replace(chr(10), '<br>')}</b>"]
    if events:
        parts.append(_table(events))
    if gap:
        parts.append(f"<pre>{escape(chr(10).join(gap))}</pre>")
    parts += [f"<div>{escape(line)}</div>" for line in advice]
    return f'<div style="border-left:4px solid {colour};padding-left:10px">{"".join(parts)}</div>'


def _table(events: Sequence[Event]) -> str:
    rows = "".join(map(_rung, events[-SHOWN:]))
    if len(events) > SHOWN:
        rows = f"<tr><td>...</td><td></td><td></td></tr>{rows}"
    head = "<tr><th>your code</th><th></th><th>the peer</th></tr>"
    return f'<table style="font-family:monospace;margin:6px 0">{head}{rows}</table>'


def _rung(event: Event) -> str:
    arrow = "&#8594;" if event.sent else "&#8592;"
    if event.data is None:
        arrow = "&#183;"
    what = "; ".join(
        part for part in (show(event.data) if event.data is not None else "", event.note) if part
    )
    left, right = LINE.format("right", "left"), LINE.format("left", "left")
    cells = f'<td style="{left}">{escape(event.call)}</td><td>{arrow}</td>'
    return f'<tr>{cells}<td style="{right}">{escape(what)}</td></tr>'
