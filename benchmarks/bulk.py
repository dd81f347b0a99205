"""Bytes a second through a relay, beside loopback itself. Reported only: no lesson needs more."""

from __future__ import annotations

from benchmarks.processes import ask, peer
from benchmarks.rounds import Round, Session, summary
from benchmarks.table import Line


def measure(session: Session) -> list[Line]:
    with (
        peer("bulk", "receive") as (receiver, direct),
        peer("kernel", "relay", direct, 0) as (_, near),
        peer("kernel", "relay", direct, 0.005) as (_, far),
    ):

        def rate(port: int) -> Round:
            ask("bulk", "send", port, 0.5)
            return summary([float(receiver.line())])

        ports = {"direct": direct, "near": near, "far": far}
        sides = {name: lambda port=port: rate(port) for name, port in ports.items()}
        results = session.interleave("bulk", sides)
    loopback = results["direct"]
    return [
        Line("relay, bulk without delay", "loopback", results["near"], loopback, unit="MB/s"),
        Line("relay, bulk at 5 ms", "loopback", results["far"], loopback, unit="MB/s"),
    ]
