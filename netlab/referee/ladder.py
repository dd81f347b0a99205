"""The report as HTML: the text's words, with the calls and bytes as a ladder between two lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from netlab.referee.gap import carried
from netlab.referee.peer import Event

FONT = "font:13px/1.5 monospace"
WRAP = "white-space:pre-wrap;word-break:normal;overflow-wrap:anywhere"  # a window may be narrow
ROW = "background:none"  # JupyterLab would shade every other one
LEFT = "border-right:2px solid;padding:1px 8px 1px 1em;text-align:left"
ARROW = "min-width:2em;text-align:center;padding:1px"
RIGHT = f"border-left:2px solid;padding:1px 8px;text-align:left;min-width:9em;{WRAP}"
CODE = re.compile("`([^`]+)`")
LONG = 20  # characters of a call that may be broken into two lines


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
        parts.append(f'<table style="{FONT};margin:6px 0">{rows}</table>')
    if gap:
        lines = escape("\n".join(gap))
        parts.append(f'<pre style="{FONT};{WRAP};margin:6px 0 6px 8px">{lines}</pre>')
    said = [CODE.sub(r"<code>\1</code>", escape(line)) for line in advice]
    parts += [f"<div>{line}</div>" for line in said]
    return f'<div style="border-left:4px solid {colour};padding-left:10px">{"".join(parts)}</div>'


def _row(step: str | Event) -> str:
    """A rung for a call of the socket, a line across for everything else."""
    if isinstance(step, str):
        cells = (
            f'<td colspan="3" style="padding:1px 8px;text-align:left;{WRAP}">{escape(step)}</td>'
        )
        return f'<tr style="{ROW}">{cells}</tr>'
    arrow = "&#10230;" if step.sent else "&#10229;" if step.data is not None else ""
    parts = [step.waited, carried(step) if step.data else "", step.note]
    what = "; ".join(part for part in parts if part) or "nothing"
    left = f"{LEFT};min-width:9em;{WRAP}" if len(step.call) > LONG else f"{LEFT};white-space:nowrap"
    return (
        f'<tr style="{ROW}"><td style="{left}">{escape(step.call)}</td>'
        f'<td style="{ARROW}">{arrow}</td><td style="{RIGHT}">{escape(what)}</td></tr>'
    )
