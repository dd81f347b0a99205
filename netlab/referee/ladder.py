"""The report as HTML: the text's words, with the calls and bytes as a ladder between two lines."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from netlab.referee.gap import show
from netlab.referee.peer import Event

LEFT = "border-right:2px solid;padding:1px 8px;text-align:left;white-space:nowrap"
ARROW = "min-width:5em;text-align:center;padding:1px"
RIGHT = "border-left:2px solid;padding:1px 8px;text-align:left;white-space:nowrap"


def ladder(
    passed: bool,
    head: str,
    steps: Sequence[str | Event],
    gap: Sequence[str],
    advice: Sequence[str],
) -> str:
    """Colour repeats what the words say, and no other colour is fixed: a theme may be dark."""
    colour = "seagreen" if passed else "crimson"
    parts = [f"<b>{'<br>'.join(map(escape, head.splitlines()))}</b>"]
    if steps:
        rows = "".join(map(_row, steps))
        parts.append(f'<table style="font-family:monospace;margin:6px 0">{rows}</table>')
    if gap:
        parts.append(f"<pre>{escape(chr(10).join(gap))}</pre>")
    parts += [f"<div>{escape(line)}</div>" for line in advice]
    return f'<div style="border-left:4px solid {colour};padding-left:10px">{"".join(parts)}</div>'


def _row(step: str | Event) -> str:
    """A rung for a call of the socket, a line across for everything else."""
    if isinstance(step, str):
        return f'<tr><td colspan="3" style="text-align:left">{escape(step)}</td></tr>'
    arrow = "&#10230;" if step.sent else "&#10229;" if step.data is not None else ""
    parts = [show(step.data) if step.data else "", step.note]
    what = "; ".join(part for part in parts if part) or "nothing"
    return (
        f'<tr><td style="{LEFT}">{escape(step.call)}</td><td style="{ARROW}">{arrow}</td>'
        f'<td style="{RIGHT}">{escape(what)}</td></tr>'
    )
