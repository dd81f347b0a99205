"""byte_map: every byte, every field, every boundary."""

import pytest
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from conftest import written
from netlab.charts import Chart, byte_map


def edges(chart: Chart) -> set[tuple[tuple[float, float], ...]]:
    (lines,) = [c for c in chart.axes[0].collections if isinstance(c, LineCollection)]
    return {tuple((int(x), int(y)) for x, y in segment) for segment in lines.get_segments()}


def upright(chart: Chart) -> set[tuple[int, int]]:
    """Where a vertical edge stands: (column, row)."""
    return {(a[0], a[1]) for a, b in edges(chart) if a[0] == b[0]}  # type: ignore[misc]


def test_every_byte_is_written_twice() -> None:
    words = written(byte_map(b"Hi \r\n\t\x00\xff").figure).split()
    for expected in ("48", "69", "20", "0d", "0a", "09", "00", "ff", "H", "i", "␣"):
        assert expected in words
    assert {r"\r", r"\n", r"\t"} <= set(words)
    assert words.count("·") == 2


def test_pieces_of_a_stream_are_outlined_and_named() -> None:
    for chart in (byte_map(pieces=[b"temp", b"erature"]), byte_map(None, [b"temp", b"erature"])):
        assert chart.text == "Byte map: 11 bytes: recv 1 (4 bytes), recv 2 (7 bytes)."
        assert "b'temperature'" in chart.alt
        assert upright(chart) == {(0, 0), (4, 0), (11, 0)}
        assert "recv 1 · bytes 0–3" in written(chart.figure)
        assert "recv 2 · bytes 4–10" in written(chart.figure)


def test_fields_are_numbered_named_and_may_end_early() -> None:
    chart = byte_map(
        b"\x00\x50\x01\x02\x03rest", [("port", 2), ("none", 0), ("flag", 1)], title="T"
    )
    words = written(chart.figure)
    assert "port · bytes 0–1" in words
    assert "none · 0 bytes" in words
    assert "flag · byte 2" in words
    assert upright(chart) == {(0, 0), (2, 0), (3, 0)}
    assert chart.text == "T: 9 bytes: port (2 bytes), none (0 bytes), flag (1 byte)."


def test_an_outline_follows_its_field_into_the_next_row() -> None:
    chart = byte_map(b"abcdefgh", [("one", 3), ("two", 4)], width=4)
    assert upright(chart) == {(0, 0), (3, 0), (3, 1)}
    level = {a for a, b in edges(chart) if a[1] == b[1]}
    assert level == {
        (0, 0),
        (1, 0),
        (2, 0),
        (3, 0),
        (0, 1),
        (1, 1),
        (2, 1),
        (3, 1),
        (0, 2),
        (1, 2),
        (2, 2),
    }


def test_an_edge_at_the_end_of_a_row() -> None:
    chart = byte_map(pieces=[b"abcd", b"efgh"], width=4)
    assert upright(chart) == {(0, 0), (4, 0), (0, 1), (4, 1)}


def test_many_pieces_are_numbered_in_their_cells() -> None:
    chart = byte_map(pieces=[b"x"] * 13)
    words = written(chart.figure)
    assert "13 parts, each numbered in its first cell" in words
    assert {str(n) for n in range(1, 14)} <= set(words.splitlines())
    assert "recv 1 ·" not in words
    assert "recv 13 (1 byte)" in chart.text


def test_long_data_is_cut_and_says_so() -> None:
    chart = byte_map(bytes(1000))
    assert "the first 256 of 1000 bytes" in written(chart.figure)
    assert chart.text == "Byte map: 1000 bytes."


def test_nothing_is_a_picture_too() -> None:
    assert byte_map(b"").png()
    assert byte_map(pieces=[b"", b""]).text.endswith("recv 1 (0 bytes), recv 2 (0 bytes).")


def test_own_axes_and_dollars() -> None:
    ax = Figure().subplots()
    chart = byte_map(b"$5 $6", [(r"$\no$", 2)], title=r"$\math$", ax=ax)
    assert chart.figure is ax.figure
    assert chart.png()


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"data": b"abc", "fields": [("a", 2), ("b", 2)]}, ValueError, "need 4 bytes.* has 3"),
        ({"data": b"abc", "pieces": [b"b"]}, ValueError, "pieces are what data starts with"),
        ({"data": b"abc", "fields": [("a", -1)]}, TypeError, "expected fields as .name, length"),
        ({"data": b"abc", "fields": [("a", "1")]}, TypeError, "expected fields as .name, length"),
        ({"data": "abc"}, TypeError, "draws bytes.*got 'abc'"),
        ({}, TypeError, "draws bytes"),
        ({"data": b"abc", "width": 0}, ValueError, "1 to 16 cells"),
        ({"data": b"abc", "width": 17}, ValueError, "1 to 16 cells"),
    ],
)
def test_wrong_input_is_an_error_in_words(wrong, error, words) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(error, match=words):
        byte_map(**wrong)


def test_parts_of_one_name_have_one_colour():
    chart = byte_map(b"abcdef", [("size", 1), ("data", 2), ("size", 1), ("end", 2)])
    cells = [patch.get_facecolor() for patch in chart.axes[0].patches[:6]]
    assert cells[0] == cells[3] != cells[1] == cells[2]
