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
CELL, HIGH, TOP, TALL = 34, 34, 18, 74  # pixels: a byte's box, where it lies, the whole ruler
CUT = "var(--jp-brand-color1, #1976d2)"
TAKEN = "var(--jp-layout-color2, #eee)"
LETTERS = {9: "\\t", 10: "\\n", 13: "\\r", 32: "␣"}
CAPTION = (
    "Grey: taken by a recv. Dashed: not taken. Struck out: taken by an earlier call, and gone. "
    "The pieces are scripted; the readers really run, on a socket in memory."
)
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
        """A sentence on the cuts; then of each reader its ruler, and what it found and returned."""
        wide = max(sum(map(len, messages)) for messages in self.readers.values())
        blocks, longest, failed = "", list[bytes](), 0
        for reader, messages in self.readers.items():
            pieces = pieces_of(b"".join(messages), (first, second), largest)
            calls = play(reader, pieces, len(messages))
            verdict = judge(reader, messages, calls)
            blocks += _block(_name(reader), wide, pieces, calls, verdict)
            longest = max(longest, pieces, key=lambda some: sum(map(len, some)))
            failed += not verdict.right
        sizes = _sizes([len(piece) for piece in longest])
        cut = "No cut" if len(longest) == 1 else f"Pieces of {sizes} bytes"
        fail = f"{failed} of {len(self.readers)} readers fail{'s' * (failed == 1)}"
        return (
            f'<div style="line-height:1.4;color:{INK}">'
            f'<div role="status" aria-live="polite"><b>{cut}: {fail}.</b></div>'
            f'{blocks}<div style="color:{SOFT}">{CAPTION}</div></div>'
        )


def _block(
    name: str, wide: int, pieces: Sequence[bytes], calls: Sequence[Call], verdict: Verdict
) -> str:
    """One reader: its name and verdict, its ruler, and the same in words."""
    plot = Plot((0, wide), (0, 1), wide * CELL + 12, TALL, 6, right=6)
    _ruler(plot, pieces, calls[-1].stop, verdict.lost)
    _recvs(plot, calls)
    at = 0
    for piece in pieces[:-1]:
        x = plot.px(at := at + len(piece))
        plot.line(x, TOP - 4, x, TOP + HIGH + 10, CUT, 'stroke-width="3"')
    ruler = plot.svg(f"Ruler of {name}: pieces of {_sizes([len(p) for p in pieces])} bytes.")
    found = ", then ".join(_sizes(call.found) or "nothing" for call in calls)
    words = html.escape(f"Bytes that each recv found: {found}. {verdict.why}")
    sign = f"{'✓' if verdict.right else '✗'} {verdict.kind}"
    return (
        f'<div style="margin-top:6px"><code>{html.escape(name)}</code> <b>{sign}</b></div>{ruler}'
        f'<div style="height:4.3em;overflow-y:auto;overflow-wrap:anywhere">{words}</div>'
    )


def _ruler(plot: Plot, pieces: Sequence[bytes], taken: int, lost: range) -> None:
    """Grey: taken by a recv. Dashed: still to come. Struck out: taken, and not kept."""
    data = b"".join(pieces)
    for at in range(len(data) + 1):
        plot.text(plot.px(at), 11, str(at), anchor="middle", more='font-size="10"')
    for at, byte in enumerate(data):
        x, middle = plot.px(at), plot.px(at + 0.5)
        fill, edge = (TAKEN, "") if at < taken else ("none", 'stroke-dasharray="3 3"')
        plot.bar(x, TOP, CELL, HIGH, fill, f'stroke="{SOFT}" stroke-width="0.7" {edge}')
        letter = LETTERS.get(byte, chr(byte) if 32 < byte < 127 else "·")
        plot.text(middle, TOP + 14, f"{byte:02x}", anchor="middle", colour=INK, more=MONO)
        plot.text(middle, TOP + 29, letter, anchor="middle", colour=INK, more=MONO)
        if at in lost:
            plot.line(x + 3, TOP + HIGH - 3, x + CELL - 3, TOP + 3, INK, 'stroke-width="2"')


def _recvs(plot: Plot, calls: Sequence[Call]) -> None:
    """A bracket for each recv, numbered."""
    at, number, y = 0, 0, TOP + HIGH + 5
    for size in (size for call in calls for size in call.found):
        a, b, number = plot.px(at) + 3, plot.px(at + size) - 3, number + 1
        plot.line(a, y, b, y, INK)
        label = f"recv {number}" if size > 1 else str(number)
        plot.text((a + b) / 2, y + 13, label, anchor="middle")
        at += size


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
