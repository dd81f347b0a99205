"""How late a relay's bytes are, beside time.sleep and beside the relay one would write first."""

from __future__ import annotations

import json
from collections.abc import Callable

from benchmarks.processes import ask, peer
from benchmarks.rounds import Round, Session, summary
from benchmarks.table import Fact, Line

DELAY = 0.005
SAMPLES = 200


def measure(session: Session) -> list[Line | Fact]:
    with (
        peer("one_way", "receive") as (receiver, target),
        peer("kernel", "relay", target, DELAY) as (kernel, netlab),
        peer("naive_relay", target, DELAY) as (_, naive),
    ):

        def through(port: int) -> Callable[[], Round]:
            def batch() -> Round:
                ask("one_way", "send", port, SAMPLES, session.dice.randrange(2**31))
                return late(receiver.line())

            return batch

        def busy() -> Round:
            kernel.tell("spin")
            try:
                return through(netlab)()
            finally:
                kernel.tell("rest")

        def sleep() -> Round:
            return late(ask("one_way", "sleep", SAMPLES, session.dice.randrange(2**31), DELAY))

        sides = {"netlab": through(netlab), "naive": through(naive), "busy": busy, "sleep": sleep}
        results = session.interleave("relay", sides, rounds=7)

    ours, busy_rounds = results["netlab"], results["busy"]
    least = min(one.least for one in [*ours, *busy_rounds])
    error = "relay, error at 5 ms one way"
    return [
        Line(error, "overshoot of time.sleep(0.005)", ours, results["sleep"], 1.0),
        Line(error, "naive asyncio relay", ours, results["naive"], 0.3),
        Line(error + ", kernel computes", "the same, kernel idle", busy_rounds, ours, 1.2),
        Fact("relay, no byte early", least >= 0, f"[least error {least * 1e6:+.0f} us]"),
    ]


def late(delays: str) -> Round:
    """What was measured beyond the delay that was asked for."""
    taken = json.loads(delays)
    if len(taken) != SAMPLES:
        raise RuntimeError(f"{len(taken)} messages arrived of {SAMPLES}")
    return summary([delay - DELAY for delay in taken])
