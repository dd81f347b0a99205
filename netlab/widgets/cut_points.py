"""CutPointExplorer: move the cuts in a stream, and see what each reader makes of the pieces."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

from ipywidgets import IntSlider, Layout  # type: ignore[import-untyped]

from netlab.widgets.explorer import Explorer
from netlab.widgets.scripted import Call, Reader, Verdict, judge, pieces_of, play
from netlab.widgets.svg import INK, SOFT, Plot

LONGEST = 32  # bytes; a longer stream would be too small to read
CELL, HIGH, TOP, ROW = 34, 34, 34, 84  # pixels: a byte's box, the head, and a reader's part
CUT = "var(--jp-brand-color1, #1976d2)"
TAKEN = "var(--jp-layout-color2, #eee)"
LETTERS = {9: "\\t", 10: "\\n", 13: "\\r", 32: "␣"}
MONO = 'font-family="var(--jp-code-font-family, monospace)"'


class CutPointExplorer(Explorer):
    """Streams on a ruler of bytes, cut where the sliders say; below, what each reader does.

    readers: each reader and its messages, such as {read_line: [b"one\\n", b"two\\n"]}; it is
    called once for each. A reader is a function of a socket, or a class with readline(). It runs
    for real, on a socket in memory. Raises TypeError or ValueError for what cannot be shown.
    """

    def __init__(self, readers: Mapping[Reader, Sequence[bytes]]) -> None:
        self.readers = {reader: _messages(reader, given) for reader, given in _pairs(readers)}
        longest = max(sum(map(len, messages)) for messages in self.readers.values())
        super().__init__(
            {
                "first": _slider("A cut after byte", 0, longest, 0),
                "second": _slider("Another after byte", 0, longest, 0),
                "largest": _slider("Pieces of at most", 1, longest, longest),
            },
            f"Cut-point explorer: {len(self.readers)} readers, each on its own stream of bytes. "
            "Three sliders move the cuts.",
        )

    def render(self, first: int, second: int, largest: int) -> str:
        """The rulers, a sentence, and a table of what each reader found, returned, and why."""
        rows = []
        for reader, messages in self.readers.items():
            pieces = pieces_of(b"".join(messages), (first, second), largest)
            calls = play(reader, pieces, len(messages))
            rows.append((_name(reader), pieces, calls, judge(reader, messages, calls)))
        wide = max(sum(map(len, pieces)) for _, pieces, _, _ in rows)
        return _picture(rows, wide) + _sentence(rows) + _table(rows)


Row = tuple[str, list[bytes], list[Call], Verdict]


def _picture(rows: Sequence[Row], wide: int) -> str:
    plot = Plot((0, wide), (0, 1), wide * CELL + 24, TOP + ROW * len(rows), 12, right=12)
    for at in range(wide + 1):
        plot.text(plot.px(at), 12, str(at), anchor="middle")
    for number, (name, pieces, calls, verdict) in enumerate(rows):
        top = TOP + ROW * number
        plot.text(plot.left, top, f"{name}   {_sign(verdict)}", colour=INK, more='font-weight="600"')
        _ruler(plot, top + 8, pieces, calls[-1].stop, verdict.lost)
        _recvs(plot, top + 8 + HIGH + 5, calls)
        at = 0
        for piece in pieces[:-1]:
            x = plot.px(at := at + len(piece))
            plot.line(x, top + 3, x, top + HIGH + 13, CUT, 'stroke-width="3"')
    words = f"Rulers of bytes for {len(rows)} readers. The table below says the same in words."
    return plot.svg(words)


def _ruler(plot: Plot, y: float, pieces: Sequence[bytes], taken: int, lost: range) -> None:
    """Grey: taken by a recv. Dashed: still to come. Struck out: taken, and not kept."""
    for at, byte in enumerate(b"".join(pieces)):
        x, middle = plot.px(at), plot.px(at + 0.5)
        fill, edge = (TAKEN, "") if at < taken else ("none", 'stroke-dasharray="3 3"')
        plot.bar(x, y, CELL, HIGH, fill, f'stroke="{SOFT}" stroke-width="0.7" {edge}')
        letter = LETTERS.get(byte, chr(byte) if 32 < byte < 127 else "·")
        plot.text(middle, y + 14, f"{byte:02x}", anchor="middle", colour=INK, more=MONO)
        plot.text(middle, y + 29, letter, anchor="middle", more=MONO)
        if at in lost:
            plot.line(x + 3, y + HIGH - 3, x + CELL - 3, y + 3, INK, 'stroke-width="2"')


def _recvs(plot: Plot, y: float, calls: Sequence[Call]) -> None:
    """A bracket for each recv, numbered."""
    at = number = 0
    for call in calls:
        for size in call.found:
            a, b, number = plot.px(at) + 3, plot.px(at + size) - 3, number + 1
            plot.line(a, y, b, y, INK)
            label = f"recv {number}" if size > 1 else str(number)
            plot.text((a + b) / 2, y + 13, label, anchor="middle")
            at += size


def _sentence(rows: Sequence[Row]) -> str:
    wrong = [name for name, _, _, verdict in rows if not verdict.right]
    longest = max((pieces for _, pieces, _, _ in rows), key=lambda p: sum(map(len, p)))
    cut = "No cut" if len(longest) == 1 else f"Pieces of {_sizes([len(p) for p in longest])} bytes"
    said = f"Wrong: {', '.join(wrong)}." if wrong else "All are right."
    return (
        f'<div role="status" aria-live="polite" style="line-height:1.4;height:2.8em">'
        f"{cut}. {html.escape(said)} The pieces are scripted; the readers really run.</div>"
    )


def _table(rows: Sequence[Row]) -> str:
    head = "".join(f'<th scope="col" style="{_CELL}">{h}</th>' for h in _HEADS)
    body = ""
    for name, _, calls, verdict in rows:
        found = "; ".join(_sizes(call.found) or "nothing" for call in calls)
        came = "; ".join(_value(call) for call in calls)
        cells = (found, came, f"{_sign(verdict)}. {verdict.why}")
        body += f'<tr style="height:4.2em"><th scope="row" style="{_CELL}">{html.escape(name)}</th>'
        body += "".join(f'<td style="{_CELL}">{html.escape(cell)}</td>' for cell in cells) + "</tr>"
    return (
        f'<table style="width:100%;table-layout:fixed;line-height:1.3;color:{INK}">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


_HEADS = ("reader", "bytes that each recv found", "returned", "verdict")
_CELL = "text-align:left;vertical-align:top;overflow-wrap:anywhere;padding:3px 8px 3px 0"


def _sign(verdict: Verdict) -> str:
    return f"{'✓' if verdict.right else '✗'} {verdict.kind}"


def _value(call: Call) -> str:
    return repr(call.value) if call.end == "returns" else call.end


def _sizes(sizes: Sequence[int]) -> str:
    """5, 5, 3 as "2 × 5, 3"."""
    runs: list[list[int]] = []
    for size in sizes:
        if runs and runs[-1][1] == size:
            runs[-1][0] += 1
        else:
            runs.append([1, size])
    return ", ".join(f"{count} × {size}" if count > 1 else f"{size}" for count, size in runs)


def _slider(words: str, low: int, high: int, value: int) -> Any:
    return IntSlider(
        value,
        low,
        high,
        description=words,
        style={"description_width": "10em"},
        layout=Layout(width="100%", max_width="520px"),
    )


def _name(reader: Reader) -> str:
    name = getattr(reader, "__name__", type(reader).__name__)
    return "your reader" if name == "<lambda>" else name


def _pairs(readers: Mapping[Reader, Sequence[bytes]]) -> list[tuple[Reader, Sequence[bytes]]]:
    if not isinstance(readers, Mapping) or not readers:
        raise TypeError(f'expected {{reader: [b"a message"]}}; got {readers!r}')
    return list(readers.items())


def _messages(reader: Reader, messages: Sequence[bytes]) -> list[bytes]:
    """The messages of one reader, or an error that says what is wrong with them."""
    if not callable(reader):
        raise TypeError(f"a reader is a function of a socket; got {reader!r}")
    if isinstance(reader, type) and not hasattr(reader, "readline"):
        raise TypeError(f"a reader that is a class has readline(); {reader.__name__} has none")
    listed = [messages] if isinstance(messages, bytes) else list(messages)
    if not all(isinstance(message, bytes) and message for message in listed):
        raise TypeError(f"messages are bytes, such as b'one\\n'; got {listed!r}")
    if not 1 <= sum(map(len, listed)) <= LONGEST:
        size = sum(map(len, listed))
        raise ValueError(f"expected 1 to {LONGEST} bytes for {_name(reader)}; got {size}")
    return listed
