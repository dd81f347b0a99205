"""The probe's child: one ping without an end, to be read while it runs."""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence
from typing import Any

from netlab.exchange import BILLION, Exchange
from netlab.probe import Link, Target

ENDLESS = range(1_000_000_000)


def commands() -> dict[str, Any]:
    """What the kernel may ask of this child. It ends with the child."""
    probes: list[Exchange] = []
    failed: list[str] = []

    def start(
        address: list[Any],
        label: str,
        size: int,
        interval: float,
        patience: float,
        descriptors: Sequence[int] = (),
    ) -> None:
        # a descriptor: a socket that is connected already, from a host of a network
        sock = socket.socket(fileno=descriptors[0]) if descriptors else None
        target = Target((address[0], address[1]), label=label)
        probe = Exchange(Link(target, size, patience, sock), ENDLESS, interval, patience)

        def run() -> None:
            try:
                probe.run()
            except Exception as error:
                failed.append(str(error))

        probes.append(probe)
        threading.Thread(target=run, daemon=True, name="netlab probe").start()

    def read(first: int) -> dict[str, Any]:
        probe = probes[0]
        samples = probe.samples(first, probe.settled)
        rows = [[s.scheduled, s.sent, s.received] for s in samples]
        return {"start": probe.start / BILLION, "rows": rows, "failed": failed}

    return {"start": start, "read": read}
