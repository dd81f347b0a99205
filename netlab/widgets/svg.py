"""Small SVG drawings, in the notebook's own colours by day and by night."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

INK = "var(--jp-ui-font-color1, #222)"
SOFT = "var(--jp-ui-font-color2, #666)"
GRID = "var(--jp-border-color2, #ddd)"
PAPER = "var(--jp-layout-color0, #fff)"


@dataclass
class Plot:
    """Axes to draw on: x and y in data's units, sizes in pixels."""

    x: tuple[float, float]
    y: tuple[float, float]
    width: int = 640
    height: int = 260
    left: int = 56
    bottom: int = 40
    top: int = 12
    right: int = 16
    parts: list[str] = field(default_factory=list)

    def px(self, x: float) -> float:
        """Where x lies, pixels from the left."""
        low, high = self.x
        return self.left + (x - low) / (high - low) * (self.width - self.left - self.right)

    def py(self, y: float) -> float:
        """Where y lies, pixels from the top."""
        low, high = self.y
        inside = self.height - self.bottom - self.top
        return self.height - self.bottom - (y - low) / (high - low) * inside

    def axes(self, x_label: str, y_label: str, rows: bool = True) -> None:
        """Grid, ticks and labels; rows=False leaves y without numbers."""
        base, right = self.height - self.bottom, self.width - self.right
        for tick in ticks(*self.y) if rows else ():
            y = self.py(tick)
            self.line(self.left, y, right, y, GRID)
            self.text(self.left - 6, y + 4, f"{tick:g}", anchor="end")
        for tick in ticks(*self.x):
            x = self.px(tick)
            self.line(x, base, x, base + 4, SOFT)
            self.text(x, base + 17, f"{tick:g}", anchor="middle")
        self.line(self.left, base, right, base, SOFT)
        self.text((self.left + right) / 2, self.height - 4, x_label, anchor="middle")
        middle = (self.top + base) / 2
        self.parts.append(
            f'<text transform="translate(13 {middle:.1f}) rotate(-90)" text-anchor="middle" '
            f'fill="{SOFT}">{html.escape(y_label)}</text>'
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, colour: str = INK, more: str = ""
    ) -> None:
        """A straight line between two points in pixels."""
        self.parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
            f'stroke="{colour}" {more}/>'
        )

    def bar(
        self, x: float, y: float, wide: float, high: float, colour: str, more: str = ""
    ) -> None:
        """A filled box; its upper left corner and its size in pixels."""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" '
            f'fill="{colour}" {more}/>'
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        anchor: str = "start",
        colour: str = SOFT,
        more: str = "",
    ) -> None:
        """Words at a point in pixels; anchor is start, middle or end."""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" {more}>'
            f"{html.escape(words)}</text>"
        )

    def svg(self, words: str) -> str:
        """The drawing; `words` say what there is to see, for who cannot see it."""
        return (
            f'<svg role="img" aria-label="{html.escape(words)}" viewBox="0 0 {self.width} '
            f'{self.height}" width="{self.width}" style="max-width:100%;height:auto;'
            f'font:12px var(--jp-ui-font-family, sans-serif)">{"".join(self.parts)}</svg>'
        )


def ticks(low: float, high: float, about: int = 5) -> Sequence[float]:
    """Round numbers between low and high, about as many as asked."""
    raw = (high - low) / about
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= raw)
    first = math.ceil(low / step - 1e-9)
    return [round(n * step, 12) for n in range(first, math.floor(high / step + 1e-9) + 1)]
