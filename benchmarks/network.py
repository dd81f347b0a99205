"""The rootless network: building it beside mininet, keeping time beside time.sleep, and goodput."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.processes import PATIENCE, ROOT, ask, environment
from benchmarks.rounds import Round, Session, Skip, summary
from benchmarks.table import Fact, Line, middle
from netlab.background.child import Child
from netlab.network.topology import plan
from netlab.wire.model import Conditions

SYSTEM_PYTHON = "/usr/bin/python3"
DELAYS = (0.005, 0.020, 0.100)
SAMPLES = 150
MBIT = 1_000_000


def measure(session: Session) -> list[Line | Fact]:
    try:
        Child("network").close()
    except OSError as refusal:
        raise Skip(f"the live network does not run here ({refusal})") from None
    return [*building(session), *delays(session), *connects(session), *goodput(session)]


def building(session: Session) -> list[Line | Fact]:
    starts = session.interleave("network start", {"child": child_start}, rounds=9)["child"]
    start = middle(starts, "p50")
    facts: list[Line | Fact] = [
        Fact("network's child starts in 0.25 s", start <= 0.25, f"[{start:.3f} s]"),
        Fact("star of 50 hosts builds", True, f"[{star(50):.3f} s]"),
    ]
    if os.geteuid() or not Path("/usr/bin/mn").exists():
        print("network: not compared with mininet, which needs root (apt install mininet).")
        return facts
    for count, goal in ((2, 0.5), (20, 0.4)):
        sides = {"netlab": lambda n=count: chain(n), "mininet": lambda n=count: mininet(n)}
        results = session.interleave(f"chain of {count}", sides, rounds=7)
        what = f"chain of {count} hosts, with routes" if count > 2 else "two hosts, child is up"
        ours, theirs = results["netlab"], results["mininet"]
        facts.append(Line(what, "mininet, no switch", ours, theirs, goal, unit="ms"))
    return facts


def child_start() -> Round:
    began = time.perf_counter()
    child = Child("network")
    taken = time.perf_counter() - began
    child.close()
    return summary([taken])


def chain(count: int) -> Round:
    return summary([build(" -- ".join(f"h{number}" for number in range(count)))])


def star(count: int) -> float:
    return build("; ".join(f"h{n} -- switch1" for n in range(count)), ethernet=True)


def build(text: str, **options: Any) -> float:
    child = Child("network")
    try:
        began = time.perf_counter()
        child.call("build", plan=plan(text, **options).as_json())
        return time.perf_counter() - began
    finally:
        child.close()


def mininet(count: int) -> Round:
    program = ROOT / "benchmarks/peers/mininet_chain.py"
    done = subprocess.run(
        [SYSTEM_PYTHON, str(program), str(count)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    return summary([float(done.stdout.split()[-1])])


class Pair:
    """Two hosts, alice -- bob, and the programs of peers/network_ends.py on them."""

    far = "198.51.100.2"

    def __init__(self) -> None:
        self.child = Child("network")
        self.child.call("build", plan=plan("alice -- bob").as_json())

    def change(self, **conditions: Any) -> None:
        for direction in (0, 1):
            asked = asdict(Conditions(**conditions))
            self.child.call("change", link=0, direction=direction, conditions=asked)

    @contextmanager
    def program(self, host: str, *arguments: object) -> Iterator[Any]:
        """A program's output, to be read in lines; the program is killed at the end."""
        args = [sys.executable, "-m", "benchmarks.peers.network_ends", *map(str, arguments)]
        reply, (stdin, stdout, stderr, handle) = self.child.call_for_descriptors(
            "spawn", count=4, host=host, args=args, cwd=str(ROOT), env=environment()
        )
        for unused in (stdin, stderr, handle):
            os.close(unused)
        with open(stdout) as out:
            yield out
        self.child.call("signal", program=reply["program"], signal=9)

    def run(self, what: str, serve: object, *send: object) -> tuple[str, str]:
        """What the two ends printed: bob serves, alice sends."""
        serving = [] if serve is None else [serve]
        with self.program("bob", what, "serve", self.far, *serving) as bob:
            bob.readline()
            with self.program("alice", what, "send", self.far, *send) as alice:
                printed = alice.read()
                return (bob.read() if serving else ""), printed


@contextmanager
def pair() -> Iterator[Pair]:
    running = Pair()
    try:
        yield running
    finally:
        running.child.close()


def delays(session: Session) -> list[Line | Fact]:
    """Each datagram's time on the way, less what was asked for, beside time.sleep of as much."""
    with pair() as net:

        def late(delay: float) -> Round:
            net.change(delay=delay)
            taken, _ = net.run("delays", SAMPLES, SAMPLES, session.dice.randrange(2**31))
            return summary([one - delay for one in json.loads(taken)])

        def busy(delay: float) -> Round:
            with computing():
                return late(delay)

        def sleep(delay: float) -> Round:
            taken = ask("one_way", "sleep", SAMPLES, session.dice.randrange(2**31), delay)
            return summary([one - delay for one in json.loads(taken)])

        sides: dict[str, Callable[[], Round]] = {}
        for delay in DELAYS:
            sides[f"ours {delay}"] = lambda d=delay: late(d)
            sides[f"sleep {delay}"] = lambda d=delay: sleep(d)
        sides["busy"] = lambda: busy(DELAYS[0])
        results = session.interleave("network delays", sides, rounds=5)
    lines: list[Line | Fact] = []
    for delay in DELAYS:
        what = f"network, error at {delay * 1000:.0f} ms one way"
        against = f"overshoot of time.sleep({delay})"
        lines.append(Line(what, against, results[f"ours {delay}"], results[f"sleep {delay}"], 1.0))
    idle = results[f"ours {DELAYS[0]}"]
    what = "network, error at 5 ms, kernel computes"
    lines.append(Line(what, "the same, kernel idle", results["busy"], idle, 1.2))
    ours = [one for name, rounds in results.items() if "sleep" not in name for one in rounds]
    least = min(one.least for one in ours)
    early = f"[least error {least * 1e6:+.0f} us]"
    lines.append(Fact("network, no packet early", least >= 0, early))
    return lines


@contextmanager
def computing() -> Iterator[None]:
    """This process, which stands in for the notebook's kernel, computes meanwhile."""
    enough = threading.Event()

    def compute() -> None:
        while not enough.is_set():
            pass

    thread = threading.Thread(target=compute)
    thread.start()
    try:
        yield
    finally:
        enough.set()
        thread.join()


def connects(session: Session) -> list[Line | Fact]:
    lines: list[Line | Fact] = []
    with pair() as net:
        for delay in DELAYS:
            net.change(delay=delay)
            count = max(10, int(0.5 / delay))
            measured = session.interleave(
                "connect",
                {"ours": lambda n=count: summary(json.loads(net.run("connects", None, n)[1]))},
                rounds=3,
            )["ours"]
            trips = [Round(2 * delay, 2 * delay, 2 * delay)] * len(measured)
            what = f"connect at {2000 * delay:.0f} ms round trip"
            lines.append(Line(what, "one round trip", measured, trips, 1.1, unit="ms"))
    return lines


def goodput(session: Session) -> list[Line | Fact]:
    """One TCP flow; payload and headers of 52 bytes a segment, because a rate counts IP bytes."""
    facts: list[Line | Fact] = []
    with pair() as net:

        def flow(seconds: float, skip: float) -> Callable[[], float]:
            return lambda: float(net.run("goodput", skip, seconds)[0])

        for rate, delay in ((1 * MBIT, 0.050), (10 * MBIT, 0.020), (100 * MBIT, 0.020)):
            net.change(rate=rate, delay=delay, queue=max(1500, int(rate * 2 * delay / 8)))
            share = session.gate.measure(flow(8, 2)) * 1500 / 1448 / rate
            what = f"goodput at {rate // MBIT} Mbit/s, queue of one product: 94 %"
            facts.append(Fact(what, share >= 0.94, f"[{share:.1%}]"))
        net.change()
        fastest = session.gate.measure(flow(3, 0.5))
        detail = f"[{fastest / 1e9:.1f} Gbit/s]"
        facts.append(Fact("unlimited, traced, MTU 1500: 2 Gbit/s", fastest >= 2e9, detail))
    return facts
