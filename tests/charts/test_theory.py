"""against_theory: points, line, labels, vehicle."""

import itertools

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


def test_several_ways_have_a_marker_a_line_and_a_name_each() -> None:
    xs = [10.0, 20.0, 40.0]
    factors = {"one each": 24, "kept open": 13, "pipelined": 2}
    chart = against_theory(
        xs,
        {name: [n * x for x in xs] for name, n in factors.items()},
        {name: lambda x, n=n: n * x for name, n in factors.items()},  # type: ignore[misc]
        x_label="round trip (ms)",
        y_label="page (ms)",
        vehicle="rootless network",
    )
    (ax,) = chart.axes
    dots = [line for line in ax.lines if line.get_linestyle() == "None"]
    assert len({line.get_marker() for line in dots}) == 3
    names = [text for text in ax.texts if text.get_text() in factors]
    assert [text.get_text() for text in names] == list(factors)
    chart.figure.canvas.draw()
    places = sorted(text.get_window_extent().y0 for text in names)
    assert min(b - a for a, b in itertools.pairwise(places)) >= 8, "names overlap"
    right = chart.figure.bbox.x1
    assert all(text.get_window_extent().x1 <= right for text in names), "a name is cut off"
    assert "one each, kept open, pipelined" in chart.text
    assert "one each (10, 240)" in chart.alt
    assert "n = 9 points" in " ".join(text.get_text() for text in chart.figure.texts)


def test_each_way_needs_its_theory() -> None:
    with pytest.raises(ValueError, match="a theory for each of a, b; got one for a"):
        against_theory(
            [1], {"a": [1], "b": [2]}, {"a": lambda x: x}, x_label="x (s)", y_label="y (s)"
        )
    with pytest.raises(ValueError, match="2 x and 1 measured for 'b'"):
        against_theory(
            [1, 2], {"a": [1, 2], "b": [2]}, lambda x: x, x_label="x (s)", y_label="y (s)"
        )
