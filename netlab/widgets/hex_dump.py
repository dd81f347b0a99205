"""The bytes of a packet in rows of 16, its layers tinted, one field marked to the bit."""

from __future__ import annotations

import html

from netlab.packets import Packet
from netlab.widgets.svg import GRID, INK, SOFT, Plot

MOST = 160  # bytes shown
CELL, ROW, LEFT, TOP = 21, 24, 30, 22  # pixels
MARK = "var(--jp-brand-color1, #1976d2)"
TINTS = ("#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#0072B2", "#999999")
MONO = 'font-family="var(--jp-code-font-family, monospace)"'


def dump(packet: Packet, at: int, field: tuple[int, int], rows: int) -> str:
    """SVG of the packet's bytes: byte `at` framed, the bits field[0] to field[1] filled."""
    data = packet.data[:MOST]
    plot = Plot((0, 16), (0, 1), LEFT + 16 * CELL + 6, TOP + rows * ROW + 26, left=LEFT, right=6)
    names = []
    for column in range(16):
        plot.text(plot.px(column + 0.5), 14, f"{column}", anchor="middle")
    for row in range(-(-len(data) // 16)):
        plot.text(LEFT - 6, TOP + row * ROW + 17, f"{row * 16}", anchor="end")
    for number, layer in enumerate(packet.layers):
        tint = TINTS[number % len(TINTS)]
        for byte in range(layer.start, min(layer.stop, len(data))):
            _fill(plot, byte, 0, 8, tint, 'fill-opacity="0.22"')
        if layer.start < len(data):
            names.append((layer.name, tint))
    first, last = field
    for byte in range(first // 8, min(last // 8 + 1, len(data))):
        low, high = max(first - byte * 8, 0), min(last - byte * 8 + 1, 8)
        _fill(plot, byte, low, high, MARK, 'fill-opacity="0.5"')
        x, y = _corner(plot, byte)
        a, b = x + CELL * low / 8, x + CELL * high / 8
        plot.line(a, y + ROW - 2, b, y + ROW - 2, INK, 'stroke-width="3"')
    for byte, value in enumerate(data):
        x, y = _corner(plot, byte)
        plot.text(x + CELL / 2, y + 17, f"{value:02x}", anchor="middle", colour=INK, more=MONO)
    for layer in packet.layers[1:]:
        if layer.start < len(data):
            x, y = _corner(plot, layer.start)
            plot.line(x, y, x, y + ROW, INK, 'stroke-width="2"')
    x, y = _corner(plot, at)
    plot.bar(x - 1, y - 1, CELL + 2, ROW + 2, "none", f'stroke="{INK}" stroke-width="2"')
    _legend(plot, names, len(packet.data) - len(data))
    listed = ", ".join(f"{name} ({size} bytes)" for name, size in packet.parts())
    return plot.svg(f"{len(packet.data)} bytes: {listed}. Marked: {_places(first, last)}.")


def _legend(plot: Plot, names: list[tuple[str, str]], more: int) -> None:
    x, y = float(LEFT), plot.height - 8
    for name, tint in names:
        plot.bar(x, y - 10, 12, 12, tint, f'fill-opacity="0.4" stroke="{GRID}"')
        plot.text(x + 17, y, name, colour=SOFT)
        x += 32 + 7 * len(name)
    if more > 0:
        plot.text(plot.width - plot.right, y, f"and {more} bytes more", anchor="end")


def _fill(plot: Plot, byte: int, low: int, high: int, colour: str, more: str) -> None:
    """Fill the bits low to high of a byte's box: a byte is eight bits wide."""
    x, y = _corner(plot, byte)
    plot.bar(x + CELL * low / 8, y, CELL * (high - low) / 8, ROW, colour, more)


def _corner(plot: Plot, byte: int) -> tuple[float, float]:
    return plot.left + byte % 16 * CELL, TOP + byte // 16 * ROW


def _places(first: int, last: int) -> str:
    a, b = first // 8, last // 8
    return html.escape(f"byte {a}" if a == b else f"bytes {a} to {b}")
