"""against_theory: points, line, labels, vehicle."""

import pytest
from matplotlib.figure import Figure

from conftest import written
from netlab.charts import against_theory

LABELS = {"x_label": "delay each way (ms)", "y_label": "median round trip (ms)"}


def test_points_and_line_with_labels_and_units() -> None:
    chart = against_theory(
        [5, 10, 20], [10.3, 20.4, 40.5], lambda d: 2 * d, title="Twice", vehicle="relay", **LABELS
    )
    (ax,) = chart.axes
    line, dots = ax.lines
    assert list(zip(*dots.get_data(), strict=True)) == [(5, 10.3), (10, 20.4), (20, 40.5)]
    assert list(zip(*line.get_data(), strict=True)) == [(d, 2 * d) for d in range(5, 21)]
    assert (line.get_label(), line.get_marker(), line.get_linestyle()) == ("theory", "None", "--")
    assert (dots.get_label(), dots.get_marker(), dots.get_linestyle()) == ("measured", "o", "None")
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_ylim()[0]) == (*LABELS.values(), 0)
    assert "relay · n = 3 points measured" in written(chart.figure)
    assert chart.text == (
        "Twice (relay): median round trip (ms) over delay each way (ms). "
        "3 measured points as dots, theory as a dashed line."
    )
    assert "(5, 10.3)" in chart.alt
    assert chart.png()


def test_theory_may_be_points_or_take_fractions() -> None:
    for theory in ([(2.0, 4.0), (0.0, 0.0)], lambda x: 2 * x):
        chart = against_theory([0.0, 2.0], [0, 4.1], theory, ax=Figure().subplots(), **LABELS)
        line = chart.axes[0].lines[0]
        assert (line.get_xdata()[0], line.get_xdata()[-1]) == (0, 2)  # type: ignore[index]


def test_wrong_input_is_an_error_in_words() -> None:
    for xs, ys in (([1, 2], [1]), ([], [])):
        with pytest.raises(ValueError, match="one measured value for each x"):
            against_theory(xs, ys, lambda x: x, **LABELS)
    with pytest.raises(ValueError, match="got no points"):
        against_theory([1], [1], [], **LABELS)
