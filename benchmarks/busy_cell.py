"""Echo while a cell computes: EchoServer in its child, beside serve(handler) in the kernel."""

from __future__ import annotations

import json

from benchmarks.processes import Peer, ask, peer
from benchmarks.rounds import Round, Session, summary
from benchmarks.table import Line


def measure(session: Session) -> list[Line]:
    with peer("kernel", "echo") as child, peer("kernel", "handler") as thread:

        def behind(kernel: Peer, port: int) -> Round:
            kernel.tell("spin")
            try:
                return summary(json.loads(ask("client", port, 3000, 1.5)))
            finally:
                kernel.tell("rest")

        sides = {"child": lambda: behind(*child), "thread": lambda: behind(*thread)}
        results = session.interleave("busy", sides, rounds=7)
    what, against = "echo p99 behind a busy cell", "serve(handler), in the kernel"
    return [Line(what, against, results["child"], results["thread"], 0.1, at="p99")]
