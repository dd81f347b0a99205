"""Chart: a picture that describes itself in words."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from netlab.charts.style import styled

PIXELS = 100  # an inch, as shown; the PNG has twice as many


class Chart:
    """A figure with a text that describes it and an alt text for those who cannot see it.

    text holds nothing that changes from run to run, so that saved notebooks stay comparable;
    alt may hold the measured numbers.
    """

    def __init__(self, figure: Figure, text: str, alt: str) -> None:
        self.figure, self.text, self.alt = figure, text, alt

    @property
    def axes(self) -> list[Axes]:
        """The figure's panels, to draw more into."""
        return list(self.figure.axes)

    def savefig(self, path: str | Path | IO[bytes], **options: Any) -> None:
        """Save to a file, by its suffix (png, pdf, svg); options as for Figure.savefig."""
        looks: dict[str, Any] = {"dpi": 2 * PIXELS}
        with styled():  # the notebook's own savefig settings do not matter
            self.figure.savefig(path, **(looks | options))

    def png(self) -> bytes:
        """The picture as PNG, white behind, at twice the resolution it is shown at."""
        drawn, small = BytesIO(), BytesIO()
        self.savefig(drawn, format="png")
        with Image.open(drawn) as image:  # 64 colours are plenty, and a quarter of the bytes
            image.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(
                small, format="png", optimize=True
            )
        return small.getvalue()

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        width, height = (round(PIXELS * inches) for inches in self.figure.get_size_inches())
        data = {"image/png": b64encode(self.png()).decode("ascii"), "text/plain": self.text}
        return data, {"image/png": {"width": width, "height": height, "alt": self.alt}}

    def __repr__(self) -> str:
        return self.text
