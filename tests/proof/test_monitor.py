"""The round-trip monitor holds its pace for a minute, cheaply, in flat memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import notebook
from tests.widgets.test_monitor import LIVE, frames_cpu_memory

pytestmark = pytest.mark.proof


def test_a_minute_of_the_monitor(tmp_path: Path) -> None:
    with notebook(tmp_path) as book:
        book.run(LIVE + "monitor = RoundTripMonitor(); monitor.toggle()")
        frames_cpu_memory(book, 10)
        _, _, early, *_ = frames_cpu_memory(book, 1)
        rate, share, late, *children = frames_cpu_memory(book, 60)
        print(
            f"{rate:.2f} pictures a second, kernel {share:.1%} of a core, children "
            f"{', '.join(f'{child:.1%}' for child in children)}, "
            f"memory {early / 1e6:.1f} MB, then {late / 1e6:.1f} MB"
        )
        assert rate > 3.9
        assert share < 0.30
        assert late - early < 5e6
