"""Chart: PNG, words and alt text; the notebook's own matplotlib is left alone."""

import subprocess
import sys
from base64 import b64decode
from io import BytesIO

import matplotlib
import pytest
from matplotlib.figure import Figure
from PIL import Image

from netlab.charts import Chart, against_theory, byte_map, compare, rtt, style


def test_a_chart_shows_itself_as_png_text_and_alt() -> None:
    chart = Chart(Figure(figsize=(6.4, 3)), "A chart.", "A chart. Median 3 ms.")
    data, metadata = chart._repr_mimebundle_()
    with Image.open(BytesIO(b64decode(data["image/png"]))) as image:
        assert image.size == (1280, 600)
    assert metadata["image/png"] == {"width": 640, "height": 300, "alt": "A chart. Median 3 ms."}
    assert data["text/plain"] == repr(chart) == "A chart."
    assert set(data) == {"image/png", "text/plain"}


def test_a_chart_saves_itself_by_suffix(tmp_path) -> None:  # type: ignore[no-untyped-def]
    chart = byte_map(b"hello")
    chart.savefig(tmp_path / "hello.png")
    chart.savefig(tmp_path / "hello.svg")
    with Image.open(tmp_path / "hello.png") as image:
        assert image.convert("RGBA").getpixel((2, 2)) == (255, 255, 255, 255)
    assert b"<svg" in (tmp_path / "hello.svg").read_bytes()


def test_pictures_are_white_and_small(measured) -> None:  # type: ignore[no-untyped-def]
    many = [measured([(1 + k * 7919 % 97) * 1e-5 for k in range(1000)]) for _ in range(5)]
    for chart in (rtt(many[0]), compare(*many), byte_map(bytes(range(256)) * 2)):
        png = chart.png()
        assert len(png) < 100_000
        with Image.open(BytesIO(png)) as image:
            assert image.convert("RGBA").getpixel((2, 2)) == (255, 255, 255, 255)


def theory() -> Chart:
    return against_theory([1, 5], [1, 6], lambda x: x, x_label="x (s)", y_label="y (s)")


def test_the_style_of_the_notebook_neither_changes_nor_matters(measured) -> None:  # type: ignore[no-untyped-def]
    samples = measured([0.001, 0.002])
    plain, drawn_late = rtt(samples).png(), theory()
    with matplotlib.style.context(["dark_background", {"savefig.bbox": "tight"}]):
        names = set(matplotlib.rcParams) - {"backend"}  # reading that one would choose one
        before = {name: matplotlib.rcParams[name] for name in names}
        assert rtt(samples).png() == plain
        assert drawn_late.png() == theory().png()
        assert {name: matplotlib.rcParams[name] for name in names} == before


def test_no_chart_needs_pyplot() -> None:
    code = (
        "import sys\n"
        "from netlab.charts import byte_map, against_theory\n"
        "byte_map(b'a').png()\n"
        "against_theory([1], [1], lambda x: x, x_label='x (s)', y_label='y (s)').png()\n"
        "print('matplotlib.pyplot' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


def _contrast(colour: str) -> float:
    """Against white, as WCAG 2 defines it."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    light = sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (light + 0.05)


def test_colours_reach_three_to_one_and_text_more() -> None:
    assert all(_contrast(colour) >= 3 for colour in (*style.COLOURS, style.LOST, style.FAINT))
    assert all(_contrast(colour) >= 4.5 for colour in (style.INK, style.SOFT))
    assert len(set(style.COLOURS)) == len(set(style.MARKERS)) == 5


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0000953, "95.3 µs"),
        (0.04, "40 ms"),
        (0.0402, "40.2 ms"),
        (0.0009996, "1 ms"),
        (1.5, "1.5 s"),
        (0, "0 µs"),
    ],
)
def test_times_in_words(seconds: float, words: str) -> None:
    assert style.duration(seconds) == words


def test_labels_move_apart_in_order_and_stay_inside() -> None:
    assert style.apart([0.5, 0.1], 0.2, 0, 1) == [0.5, 0.1]
    assert style.apart([0.5, 0.5, 0.5], 0.2, 0, 1) == pytest.approx([0.5, 0.7, 0.9])
    assert style.apart([0.95, 0.9], 0.2, 0, 1) == pytest.approx([1.0, 0.8])
