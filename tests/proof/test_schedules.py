"""Bytes out equal bytes in, and nobody waits for ever: whatever the two ends and the relay do."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tqdm import tqdm

from tests.helpers import Footprint, returns_to
from tests.proof.schedules import Bench, draw

WORKERS = 3  # benches at once, for the pauses leave the processor idle
SEED = int(os.environ.get("NETLAB_SEED", "0")) or random.SystemRandom().randrange(1, 2**31)


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with closing(Bench()) as bench:
        yield bench


@settings(
    max_examples=150,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.randoms(use_true_random=False))
def test_bytes_out_equal_bytes_in(bench: Bench, draws: random.Random) -> None:
    bench.run(draw(draws))


def run_many(count: int) -> None:
    """`count` schedules, each from a seed of its own; the first failure names its seed."""
    tqdm.monitor_interval = 0  # no thread of its own
    before = Footprint.of()
    seeds = iter(tqdm(range(SEED, SEED + count), desc=f"schedules from seed {SEED}", mininterval=2))
    lock, failures = threading.Lock(), []

    def work() -> None:
        with closing(Bench()) as bench:
            while not failures:
                with lock:
                    seed = next(seeds, None)
                if seed is None:
                    return
                try:
                    bench.run(draw(random.Random(seed)))
                except BaseException as error:
                    failures.append((seed, error))

    workers = [threading.Thread(target=work) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if failures:
        seed, error = failures[0]
        raise AssertionError(f"run NETLAB_SEED={seed} again: {error!r}") from error
    returns_to(before)


@pytest.mark.proof
def test_schedules_sample() -> None:
    run_many(300)


@pytest.mark.proof
def test_ten_thousand_schedules_without_deadlock() -> None:
    run_many(10_000)
