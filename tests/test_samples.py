"""Samples: numbers against the standard library, files that come back the same."""

import statistics
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netlab.samples import Sample, Samples

times = st.floats(allow_nan=False, allow_infinity=False)
rows = st.builds(Sample, times, times, st.none() | times)
anything = st.builds(
    Samples,
    label=st.text(),
    vehicle=st.text(),
    transport=st.sampled_from(["tcp", "udp"]),
    size=st.integers(8, 65507),
    interval=st.floats(0, 10),
    asked=st.none() | st.floats(0, 10),
    samples=st.lists(rows, max_size=20),
    warmup=st.lists(times, max_size=3),
)


def of(rtts: list[float | None]) -> Samples:
    taken = [Sample(i, i, None if rtt is None else i + rtt) for i, rtt in enumerate(rtts)]
    return Samples("EchoServer", "loopback", "tcp", 64, 1.0, None, taken, [0.5])


@given(st.lists(st.floats(0, 1e3), min_size=2, max_size=60))
def test_quantiles_are_those_of_the_standard_library(rtts: list[float]) -> None:
    samples = of(list(rtts))
    assert samples.median == pytest.approx(statistics.median(samples.rtts))
    cuts = statistics.quantiles(samples.rtts, n=100, method="inclusive")
    assert [samples.quantile(k / 100) for k in range(1, 100)] == pytest.approx(cuts)
    assert samples.p99 == samples.quantile(0.99) <= samples.quantile(1) == max(samples.rtts)
    assert samples.quantile(0) == min(samples.rtts)


def test_lost_ones_are_counted_and_left_out_of_the_numbers() -> None:
    samples = of([1.0, None, 3.0, None, 2.0])
    assert (len(samples), samples.lost, samples.rtts) == (5, 2, [1.0, 3.0, 2.0])
    assert samples.median == 2.0
    assert repr(samples) == "Samples(5 round trips, 2 lost, EchoServer, loopback)"


@pytest.mark.parametrize(
    ("n", "q", "carried"),
    [(999, 0.99, False), (1000, 0.99, True), (100, 0.9, True), (99, 0.9, False), (20, 0.5, True)],
)
def test_a_percentile_needs_ten_samples_beyond_it(n: int, q: float, carried: bool) -> None:
    assert of([1.0] * n).carries(q) is carried
    assert of([1.0] * n + [None] * 1000).carries(q) is carried


def test_no_quantile_of_nothing_and_none_outside_0_to_1() -> None:
    with pytest.raises(ValueError, match="2 of 2 round trips were lost"):
        of([None, None]).median  # noqa: B018
    with pytest.raises(ValueError, match="between 0 and 1"):
        of([1.0]).quantile(99)


@given(anything)
def test_files_come_back_exactly(samples: Samples) -> None:
    assert Samples.from_csv(samples.to_csv()) == samples
    assert Samples.from_json(samples.to_json()) == samples


def test_files_on_disk(tmp_path) -> None:  # type: ignore[no-untyped-def]
    samples = of([1.0, None])
    for suffix in ("csv", "json"):
        path = tmp_path / f"near.{suffix}"
        assert getattr(samples, f"to_{suffix}")(path) is None
        assert getattr(Samples, f"from_{suffix}")(str(path)) == samples
        assert b"\r" not in path.read_bytes()
    assert samples.to_csv().splitlines()[1:] == ["scheduled,sent,received", "0,0,1.0", "1,1,"]


GOOD = of([1.0, None]).to_csv()


@pytest.mark.parametrize(
    "text",
    [
        "\n",
        "time,rtt\n1,2\n",
        GOOD.replace("scheduled", "due"),
        GOOD.replace("0,0,1.0", "0,0"),
        GOOD.replace("0,0,1.0", "0,,1.0"),
        GOOD.replace("0,0,1.0", "0,zero,1.0"),
        GOOD.replace("0,0,1.0", "0,nan,1.0"),
        GOOD.replace('"size"', '"length"'),
        GOOD.replace('"EchoServer"', "7"),
    ],
)
def test_a_wrong_csv_is_an_error_in_words(text: str) -> None:
    assert text != GOOD
    with pytest.raises(ValueError, match=r"expected CSV of netlab samples, but .*to_csv\(path\)"):
        Samples.from_csv(text)


@pytest.mark.parametrize(
    "text", ["{", "{}", "[]\n", '{"samples": []}', of([1.0]).to_json().replace("64", '"64"')]
)
def test_a_wrong_json_is_an_error_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected JSON of netlab samples, but .*to_json\(path\)"):
        Samples.from_json(text)


def test_measuring_imports_neither_matplotlib_nor_asyncio() -> None:
    code = (
        "import sys, netlab, netlab.measure\n"
        "print([name for name in ('matplotlib', 'asyncio', 'tqdm') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
