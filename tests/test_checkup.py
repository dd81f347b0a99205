"""The self-test: every line can fail, says what that means, and never raises."""

from __future__ import annotations

import pytest

from netlab import selftest as run
from netlab.checkup import CHECKS


def test_every_line_is_shown() -> None:
    report = run()
    assert [line.name for line in report] == [name for name, _, _ in CHECKS]
    assert repr(report).count("\n") == len(CHECKS) + 1


@pytest.mark.parametrize("broken", range(len(CHECKS)))
def test_a_failure_says_what_it_means_and_goes_on(
    broken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise OSError("as if")

    checks = [(name, lambda: None, advice) for name, _, advice in CHECKS]
    checks[broken] = (checks[broken][0], fails, checks[broken][2])
    monkeypatch.setattr("netlab.checkup.CHECKS", checks)
    report = run()
    assert [bool(line.advice) for line in report] == [i == broken for i in range(len(CHECKS))]
    assert str(report[broken]).startswith(f"PROBLEM  {CHECKS[broken][0]}: ")
    assert "(OSError: as if)" in str(report[broken])
    assert "1 to look at" in repr(report)


def test_each_check_looks_at_the_real_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what a check looks at, and it fails."""

    def no(*args: object, **options: object) -> None:
        raise OSError("taken away")

    taken = {
        "background servers on IPv4 loopback": "netlab.servers.builtin.servers_child",
        "your own handlers as servers": "netlab.servers.local.HandlerServer._start",
        "datagrams (UDP)": "netlab.servers.builtin.servers_child",
        "IPv6 loopback (::1)": "netlab.servers.builtin.servers_child",
        "the name localhost": "socket.getaddrinfo",
        "relays keep time": "netlab.wire.relay.Child",
        "the kernel shows receive queues": "netlab.background.kernel_view._question",
        "a live network of hosts": "netlab.network.live.Child",
        "charts": "netlab.charts.byte_map",
        "widgets and progress bars": "ipywidgets.FloatProgress",
        "your folder can be written": "tempfile.NamedTemporaryFile",
    }
    assert list(taken) == [name for name, _, _ in CHECKS]
    for name, check, _ in CHECKS:
        with monkeypatch.context() as patch:
            patch.setattr(taken[name], no)
            with pytest.raises(Exception):  # noqa: B017  any error makes the line
                check()
