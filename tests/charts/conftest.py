"""Made-up measurements: a chart's test needs no clock and no network."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from netlab.samples import Sample, Samples

Measured = Callable[..., Samples]


@pytest.fixture
def measured() -> Measured:
    def make(
        rtts: list[float | None],
        label: str = "EchoServer",
        vehicle: str = "loopback",
        asked: float | None = None,
        interval: float = 0.002,
    ) -> Samples:
        taken = [
            Sample(k * interval, k * interval, None if rtt is None else k * interval + rtt)
            for k, rtt in enumerate(rtts)
        ]
        return Samples(label, vehicle, "tcp", 64, interval, asked, taken)

    return make


@pytest.fixture
def strip_and_share() -> Iterator[tuple[Axes, Axes]]:
    strip, share = Figure().subplots(1, 2)
    yield strip, share


def written(figure: Figure) -> str:
    """All text on a figure."""
    from matplotlib.text import Text

    found = figure.findobj(Text)
    return "\n".join(text.get_text() for text in found if isinstance(text, Text)).replace(
        "\u00a0", " "
    )


def drawn(ax: Axes, gid: str) -> Any:
    """The points of the line that carries this name, an array of (x, y)."""
    (line,) = [line for line in ax.lines if line.get_gid() == gid]
    return line.get_xydata()
