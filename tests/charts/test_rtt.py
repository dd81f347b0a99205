"""rtt and compare: every sample drawn, every claim written."""

import re

import numpy as np
import pytest

from conftest import drawn, written
from netlab.charts import compare, rtt
from netlab.samples import Samples


def near(points):  # type: ignore[no-untyped-def]
    return pytest.approx(np.array(points))


def test_every_sample_is_a_dot_and_every_loss_a_tick(measured) -> None:  # type: ignore[no-untyped-def]
    chart = rtt(measured([0.010, None, 0.012, 0.011, None]))
    strip, share = chart.axes
    assert drawn(strip, "dots 0") == near([(0, 0.010), (0.004, 0.012), (0.006, 0.011)])
    assert [x for x, _ in drawn(strip, "lost 0")] == pytest.approx([0.002, 0.008])
    assert drawn(share, "distribution 0")[-1] == near((60, 0.012))  # 40 % never came
    assert "n = 5, 2 lost" in written(chart.figure)
    assert "lost" in written(chart.figure).splitlines()


def test_no_rail_when_nothing_was_lost(measured) -> None:  # type: ignore[no-untyped-def]
    chart = rtt(measured([0.01, 0.01]))
    assert "lost" not in written(chart.figure).splitlines()
    assert not [line for line in chart.axes[0].lines if str(line.get_gid()).startswith("lost")]


def test_median_and_p99_are_marked_and_p99_is_grey_when_n_is_small(measured) -> None:  # type: ignore[no-untyped-def]
    for n, grey in ((999, True), (1000, False)):
        chart = rtt(measured([0.001] * n))
        share = chart.axes[1]
        (mark,) = [line for line in share.lines if line.get_gid() == "quantile 0.99 of 0"]
        assert (mark.get_color() == "#8a8a8a") is grey
        assert ("needs n ≥ 1000" in written(chart.figure)) is grey
        assert drawn(share, "quantile 0.5 of 0") == near([(50, 0.001)])
        assert "median 1 ms" in written(chart.figure)


def test_what_was_asked_is_a_line_and_in_the_caption(measured) -> None:  # type: ignore[no-untyped-def]
    far = measured([0.0402] * 50, "Relay, 20 ms each way", "relay: delays bytes, not packets", 0.04)
    chart = rtt(far)
    assert all([line for line in ax.lines if line.get_gid() == "asked"] for ax in chart.axes)
    caption = "relay: delays bytes, not packets · asked 40 ms, median 40.2 ms · n = 50, 0 lost"
    assert caption in written(chart.figure)
    assert "asked 40 ms" in written(chart.figure).splitlines()


@pytest.mark.parametrize(
    ("rtts", "label", "scale"),
    [
        ([70e-6, 90e-6], "round trip (µs)", "linear"),
        ([0.04, 0.05], "round trip (ms)", "linear"),
        ([1.5, 2.5], "round trip (s)", "linear"),
        ([0.001] * 9 + [0.019], "round trip (ms)", "linear"),
        ([0.001] * 9 + [0.021], "round trip (log scale)", "log"),
    ],
)
def test_units_and_log_scale_are_in_words(measured, rtts, label, scale) -> None:  # type: ignore[no-untyped-def]
    strip, share = rtt(measured(rtts)).axes
    assert strip.get_ylabel() == label
    assert (strip.get_yscale(), share.get_yscale()) == (scale, scale)
    assert strip.get_ylim() == share.get_ylim()
    assert strip.get_ylim()[1] > max(rtts)
    assert "ms after the first" in strip.get_xlabel()


def test_all_lost_is_still_a_chart(measured) -> None:  # type: ignore[no-untyped-def]
    gone = measured([None, None])
    assert "nothing came back" in written(rtt(gone).figure)
    both = compare(gone, measured([0.001]))
    assert both.png() and compare(gone, gone).png()


def test_text_is_the_same_in_every_run(measured) -> None:  # type: ignore[no-untyped-def]
    relay = "relay: delays bytes, not packets"
    charts = []
    for noise in (1.0, 1.37):
        near = measured([noise * 1e-4] * 199 + [None])
        far = measured([noise * 0.04] * 50, "Relay, 20 ms each way", relay, 0.04)
        charts.append((rtt(near), compare(near, far)))
    assert [c.text for c in charts[0]] == [c.text for c in charts[1]]
    assert charts[0][1].text == (
        "RTT chart: EchoServer (loopback), 200 round trips; Relay, 20 ms each way "
        "(relay: delays bytes, not packets), 50 round trips. "
        "Dots over time, distribution beside."
    )
    assert "median 100 µs" in charts[0][0].alt
    assert "median 55 ms" in charts[1][1].alt.replace("54.8", "55")


def test_compare_tells_series_apart_without_colour(measured) -> None:  # type: ignore[no-untyped-def]
    series = [measured([k * 0.001] * 20, f"Server {k}") for k in (1, 2, 3, 4, 5)]
    chart = compare(*series)
    dots = [line for line in chart.axes[0].lines if str(line.get_gid()).startswith("dots")]
    assert (
        len({line.get_marker() for line in dots}) == len({line.get_color() for line in dots}) == 5
    )
    assert [len(line.get_xdata()) for line in dots] == [20] * 5
    for k in (1, 2, 3, 4, 5):
        assert f"Server {k}\nmedian {k} ms" in written(chart.figure)
        assert f"Server {k} (loopback) · n = 20, 0 lost" in written(chart.figure)


def _boxes(chart):  # type: ignore[no-untyped-def]
    chart.figure.draw_without_rendering()
    texts = [t for ax in chart.axes for t in ax.texts if t.get_text()] + chart.figure.texts
    return [t.get_window_extent() for t in texts], chart.figure.bbox


def test_labels_neither_overlap_nor_leave_the_picture(measured) -> None:  # type: ignore[no-untyped-def]
    close = [
        measured([0.04 + k * 1e-5] * 20, "Relay, 20 ms each way and more", "UDP relay", 0.04)
        for k in range(5)
    ]
    for chart in (rtt(close[0]), compare(*close[:2]), compare(*close)):
        boxes, page = _boxes(chart)
        for i, box in enumerate(boxes):
            assert page.x0 <= box.x0 and box.x1 <= page.x1
            assert page.y0 <= box.y0 and box.y1 <= page.y1
            assert not any(box.overlaps(other) for other in boxes[i + 1 :])


def test_log_scale_when_medians_differ_tenfold(measured) -> None:  # type: ignore[no-untyped-def]
    one, nine, eleven = (measured([k * 0.001] * 5) for k in (1, 9, 11))
    assert compare(one, nine).axes[0].get_yscale() == "linear"
    assert compare(one, eleven).axes[0].get_ylabel() == "round trip (log scale)"


def test_by_number_where_time_would_squeeze_one_to_a_line(measured) -> None:  # type: ignore[no-untyped-def]
    quick, slow = measured([0.001] * 50, interval=0.0001), measured([0.04] * 50, interval=0.04)
    assert compare(quick, slow).axes[0].get_xlabel() == "message number"
    assert "after the first" in compare(quick, quick).axes[0].get_xlabel()


def test_axes_of_ones_own(measured, strip_and_share) -> None:  # type: ignore[no-untyped-def]
    strip, share = strip_and_share
    samples = measured([0.001, 0.002])
    assert samples.chart(ax=strip).figure is strip.figure
    assert not share.lines
    assert samples.compare(samples, ax=strip_and_share).figure is strip.figure
    assert share.lines
    assert "loopback · median 1.5 ms · n = 2, 0 lost" in written(strip.figure)
    with pytest.raises(TypeError, match="ax is one Axes, or a pair"):
        rtt(samples, ax="left")


def test_wrong_input_is_an_error_in_words(measured) -> None:  # type: ignore[no-untyped-def]
    one = measured([0.001])
    with pytest.raises(ValueError, match="2 to 5 series; got 1"):
        compare(one)
    with pytest.raises(ValueError, match="2 to 5 series; got 6"):
        compare(*[one] * 6)
    with pytest.raises(TypeError, match="expected the Samples that ping returns"):
        rtt([0.001])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no round trip to draw"):
        rtt(measured([]))
    assert re.fullmatch(r"Samples\(.*\)", repr(one)) and isinstance(one, Samples)
