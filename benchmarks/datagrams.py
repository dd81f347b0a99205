"""How many datagrams a second a UDP relay carries, beside the relay one would write first."""

from __future__ import annotations

import statistics
from functools import partial

from tqdm import tqdm

from benchmarks.processes import Peer, ask, peer
from benchmarks.rounds import Session, Skip
from benchmarks.table import Fact

DELAY, SIZE, SECONDS = 0.005, 1200, 0.5
KEPT = 0.999  # of what was sent
RUNS = 3  # at each rate; the middle one counts
RATES = [round(1000 * 1.3**step) for step in range(20)]  # datagrams a second, to 146 000
GOAL = 2.0


def measure(session: Session) -> list[Fact]:
    with (
        peer("datagrams", "receive") as (receiver, target),
        peer("kernel", "udp-relay", target, DELAY) as (_, netlab),
        peer("naive_udp_relay", target, DELAY) as (_, naive),
    ):
        ports, best = {"netlab": netlab, "naive": naive}, {"netlab": 0, "naive": 0}
        for rate in tqdm(RATES, desc="datagrams", leave=False):
            if not ports:
                break
            shares: dict[str, list[float]] = {name: [] for name in ports}
            for name in session.dice.sample(list(ports) * RUNS, len(ports) * RUNS):
                batch = partial(one, receiver, ports[name], rate)
                shares[name].append(session.gate.measure(batch))
            for name, runs in shares.items():
                if statistics.median(runs) >= KEPT:
                    best[name] = rate
                else:
                    del ports[name]
    if not best["naive"]:
        raise Skip(f"the naive relay cannot carry {RATES[0]} datagrams a second just now")
    ratio = best["netlab"] / best["naive"]
    detail = f"[{best['netlab']} to {best['naive']} datagrams of {SIZE} bytes a second]"
    what = f"UDP relay, rate at {KEPT:.1%} delivered: {ratio:.1f} x naive, goal {GOAL:g} x"
    return [Fact(what, ratio >= GOAL, detail)]


def one(receiver: Peer, port: int, rate: int) -> float:
    """The share of one run that arrives; 0 if the sender cannot keep this rate."""
    sent = int(ask("datagrams", "send", port, rate, SECONDS, SIZE))
    came = int(receiver.line())
    return came / sent if sent > 0.98 * rate * SECONDS else 0.0
