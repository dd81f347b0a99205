"""byte_map: a hex dump as a picture, its fields or pieces outlined, numbered and named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from netlab.charts import style
from netlab.charts.chart import Chart

CELL, TALL, ROWS = 0.345, 0.45, 16  # inches; rows drawn at most
NAMED = 12  # more parts than this are numbered in the cells only
CHARACTERS = {9: r"\t", 10: r"\n", 13: r"\r", 32: "␣"}

Fields = Sequence[tuple[str, int]] | Sequence[bytes]


def byte_map(
    data: bytes | None = None,
    fields: Fields | None = None,
    *,
    pieces: Sequence[bytes] | None = None,
    width: int = 16,
    title: str | None = None,
    ax: Any = None,
) -> Chart:
    """Draw bytes as cells: two hex digits, the character below, the offset on the left.

    fields: (name, bytes) from the start of data. pieces (or bytes as fields): what each recv
    returned; data is then their sum. width: cells a row, 1 to 16. At most 16 rows are drawn,
    and the picture says so. Raises ValueError if fields are longer than data, or pieces are
    not what data starts with; TypeError if there is nothing to draw.
    """
    if not (isinstance(width, int) and 1 <= width <= 16):
        raise ValueError(f"width is 1 to 16 cells a row; got {width!r}")
    data, parts = _read(data, fields if pieces is None else pieces)
    shown = data[: ROWS * width]
    owner = [i for i, (_, size) in enumerate(parts) for _ in range(size)]
    owner = (owner + [-1] * len(data))[: len(shown)]  # -1: in no field
    notes = [f"the first {len(shown)} of {len(data)} bytes"] if len(shown) < len(data) else []
    if len(parts) > NAMED:
        notes.append(f"{len(parts)} parts, each numbered in its first cell")
    names = _names(parts) if len(parts) <= NAMED else []
    kinds = list(dict.fromkeys(name for name, _ in parts))  # parts of one name have one colour
    tints = [_tint(kinds.index(name)) for name, _ in parts]
    rows, below = max(1, -(-len(shown) // width)), -(-len(names) // 2) + len(notes)
    tall = rows + (0.55 * below + 0.3 if below else 0.1)
    with style.styled():
        if ax is None:
            top = 0.38 if title else 0.1
            figure = style.new_figure(tall * TALL + top + 0.05)
            ax = style.place(figure, 0.55, 0.05, width * CELL, tall * TALL)
        ax.set(xlim=(0, width), ylim=(tall, 0))
        ax.set_aspect(TALL / CELL, anchor="NW")
        ax.axis("off")
        if title:
            ax.set_title(title, parse_math=False)
        for row in range(rows):
            _write(ax, -0.2, row + 0.5, str(row * width), ha="right", color=style.SOFT)
        for at, byte in enumerate(shown):
            first = owner[at] >= 0 and (at == 0 or owner[at - 1] != owner[at])
            tint = tints[owner[at]] if owner[at] >= 0 else "white"
            _cell(ax, at % width, at // width, byte, tint, str(owner[at] + 1) if first else "")
        ax.add_collection(LineCollection(_edges(owner, width), colors=style.INK, linewidths=1.7))
        for i, text in enumerate(names):
            x, y = 8.2 * (i % 2), rows + 0.55 + 0.55 * (i // 2)
            ax.add_patch(
                Rectangle((x, y - 0.2), 0.75, 0.4, fc=tints[i], ec=style.INK, clip_on=False)
            )
            _write(ax, x + 0.375, y, str(i + 1), ha="center")
            _write(ax, x + 0.95, y, text)
        for i, text in enumerate(notes):
            _write(ax, 0, tall - 0.3 - 0.55 * i, text, color=style.SOFT)
    listed = ", ".join(f"{name} ({size} byte{'s' * (size != 1)})" for name, size in parts)
    text = f"{title or 'Byte map'}: {len(data)} bytes{': ' * bool(listed)}{listed}."
    return Chart(style.root(ax), text, f"{text} They are {data[:64]!r}{'...' * (len(data) > 64)}")


def _read(
    data: bytes | None, given: Fields | Sequence[bytes] | None
) -> tuple[bytes, list[tuple[str, int]]]:
    """The bytes and the (name, length) of each part, or an error that says what is wrong."""
    pieces = [bytes(part) for part in given or [] if isinstance(part, (bytes, bytearray))]
    if given and len(pieces) == len(given):
        parts = [(f"recv {i}", len(piece)) for i, piece in enumerate(pieces, 1)]
        whole = b"".join(pieces)
        data = whole if data is None else data
        if not data.startswith(whole):
            raise ValueError(f"pieces are what data starts with; got {whole!r} for {data!r}")
        return data, parts
    parts = []
    for part in given or []:
        match part:
            case (str() as name, int() as size) if size >= 0:
                parts.append((name, size))
            case _:
                raise TypeError(
                    "expected fields as (name, length in bytes), or pieces as a list of bytes; "
                    f"got {part!r}"
                )
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError(f"byte_map draws bytes, or pieces=[b'...', b'...']; got {data!r}")
    need = sum(size for _, size in parts)
    if need > len(data):
        raise ValueError(
            f"the fields need {need} bytes, but data has {len(data)}; "
            "shorten a field or pass more data"
        )
    return bytes(data), parts


def _names(parts: Sequence[tuple[str, int]]) -> list[str]:
    """Legend lines: the name and where its bytes are."""
    start, names = 0, []
    for name, size in parts:
        last = start + size - 1
        where = {0: "0 bytes", 1: f"byte {start}"}.get(size, f"bytes {start}–{last}")
        names.append(f"{name} · {where}")
        start += size
    return names


def _cell(ax: Axes, x: int, y: int, byte: int, colour: Any, number: str) -> None:
    """One byte; the first of a part carries its number."""
    ax.add_patch(Rectangle((x, y), 1, 1, facecolor=colour, edgecolor="#bdbdbd", linewidth=0.6))
    character = CHARACTERS.get(byte, chr(byte) if 32 < byte < 127 else "·")
    mono: dict[str, Any] = {"ha": "center", "va": "baseline", "family": "monospace"}
    _write(ax, x + 0.5, y + 0.55, f"{byte:02x}", fontsize=10.5, **mono)
    _write(ax, x + 0.5, y + 0.87, character, color="#3d3d3d", **mono)
    _write(ax, x + 0.08, y + 0.24, number, va="baseline", fontsize=7, weight="bold")


def _edges(owner: Sequence[int], width: int) -> list[list[tuple[int, int]]]:
    """The lines between cells of different parts, open where a part goes on in the next row."""
    edges = []
    for at in range(len(owner) + 1):
        x, y = at % width, at // width
        before = owner[at - 1] if at else -1
        here = owner[at] if at < len(owner) else -1
        if before != here:
            edges.append([(x, y), (x, y + 1)] if x or not at else [(width, y - 1), (width, y)])
            if at and not x and here >= 0:
                edges.append([(x, y), (x, y + 1)])
    for at in range(len(owner) + width):
        x, y = at % width, at // width
        above = owner[at - width] if at >= width else -1
        if above != (owner[at] if at < len(owner) else -1):
            edges.append([(x, y), (x + 1, y)])
    return edges


def _tint(kind: int) -> tuple[float, float, float]:
    """The colour of a kind of part, light enough to read on."""
    red, green, blue = (0.6 + 0.4 * c for c in to_rgb(style.TINTS[kind % len(style.TINTS)]))
    return red, green, blue


def _write(ax: Axes, x: float, y: float, text: str, **look: Any) -> None:
    ax.text(x, y, text, **{"va": "center_baseline", "fontsize": 9, **look})
