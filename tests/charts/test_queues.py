"""queues: stacked bars, one for each step, and words without numbers."""

from __future__ import annotations

import pytest

from conftest import written
from netlab.charts import queues


def test_bars_stand_on_one_another_and_the_line_is_the_sum() -> None:
    chart = queues(
        {"unread": [4, 3, 0], "waiting": [6, 2, 0]}, x_label="reads", vehicle="rootless network"
    )
    (ax,) = chart.axes
    assert [bar.get_y() for bar in ax.patches] == [0, 0, 0, 4, 3, 0]
    assert [bar.get_height() for bar in ax.patches] == [4, 3, 0, 6, 2, 0]
    assert list(ax.lines[0].get_ydata()) == [10, 5]
    assert "rootless network" in written(chart.figure)
    assert chart.text == (
        "Queues (rootless network): bytes over reads, stacked: unread, waiting. "
        "The dashed line falls evenly."
    )
    assert "unread 4, 3, 0" in chart.alt


@pytest.mark.parametrize("waiting", [{}, {"a": []}, {"a": [1], "b": [1, 2]}])
def test_series_of_different_lengths_are_refused(waiting: dict[str, list[float]]) -> None:
    with pytest.raises(ValueError, match="as many numbers for each queue"):
        queues(waiting, x_label="reads")
