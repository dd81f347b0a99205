"""The buffer explorer: what is too much for the reader waits; what cannot wait is lost."""

from __future__ import annotations

import re

import pytest

from netlab.widgets.buffer import READS, BufferExplorer, Run, measure, picture


def test_a_reader_that_keeps_up_loses_nothing() -> None:
    run = measure(READS // 2, 50_000)
    assert not run.lost and len(run.read) == READS // 2
    assert max(run.waiting(step / 100) for step in range(100)) <= 5
    assert "The reader keeps up." in picture(run)


def test_what_is_too_much_waits_and_then_is_lost() -> None:
    run = measure(2 * READS, 50_000)
    left = run.waiting(1.0)
    assert len(run.read) >= READS - 1
    assert len(run.read) + left + len(run.lost) == 2 * READS and run.lost
    peak = max(run.waiting(step / 1000) for step in range(1000))
    assert run.lost[0] == pytest.approx(peak / READS, rel=0.1)  # it fills at 2000 - 1000 a second
    assert run.longest == pytest.approx(peak / READS, rel=0.1)


def test_a_larger_buffer_is_full_later_and_loses_as_much_a_second() -> None:
    small, large = measure(2000, 20_000), measure(2000, 80_000)
    assert large.lost[0] > 3 * small.lost[0]
    for run in (small, large):
        after = [at for at in run.lost if at > run.lost[0] + 0.01]
        assert len(after) / (1 - run.lost[0] - 0.01) == pytest.approx(1000, rel=0.05)


def test_the_picture_is_a_function_of_the_run() -> None:
    run = Run(2, (0.0,), (0.1,), (0.5,))
    assert picture(run) == picture(run)
    assert "Sent 2, read 1, waiting at the end 0, lost 1." in picture(run)
    assert 'role="img"' in picture(run) and 'role="status"' in picture(run)


def test_a_slider_moved_is_a_new_picture() -> None:
    with BufferExplorer() as explorer:
        before = explorer.picture.value
        explorer.controls["rate"].value = 3000
        assert explorer.picture.value != before
        assert re.search(r"Sent 3000, read \d+", explorer.picture.value)
        assert repr(explorer).startswith("Explorer: a reader takes 1000")
