"""Echo round trips with client and server on one CPU, beside the barest server and sockperf.

On one CPU, because elsewhere the time it takes to wake the other CPU is most of what one sees:
the same pair of programs differs by 14 times, depending on where the scheduler puts them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from benchmarks.processes import ask, peer
from benchmarks.rounds import Round, Session, Skip, summary
from benchmarks.table import Line

SAMPLES = 5000


def measure(session: Session) -> list[Line]:
    with one_cpu(), ExitStack() as stack:
        _, bare = stack.enter_context(peer("bare_echo"))
        _, netlab = stack.enter_context(peer("kernel", "echo"))

        def client_of(port: int) -> Callable[[], Round]:
            return lambda: summary(json.loads(ask("client", port, SAMPLES, 5.0)))

        sides = {"netlab": client_of(netlab), "bare": client_of(bare)}
        if shutil.which("sockperf"):
            sides["sockperf"] = stack.enter_context(sockperf())
        else:
            print("echo: sockperf is not installed (apt install sockperf), so no line for it.")
        results = session.interleave("echo", sides, rounds=7)

    goals = {"bare": ("a bare blocking server", 1.3), "sockperf": ("sockperf, both ends C++", 1.5)}
    return [
        Line("echo round trip", against, results["netlab"], results[name], goal)
        for name, (against, goal) in goals.items()
        if name in results
    ]


@contextmanager
def one_cpu() -> Iterator[None]:
    """Everything started inside runs on one CPU."""
    if not hasattr(os, "sched_setaffinity"):
        raise Skip("only Linux lets a program choose its CPU, and without it this means nothing")
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


@contextmanager
def sockperf() -> Iterator[Callable[[], Round]]:
    """sockperf's own server and client; --full-rtt because it prints half the round trip else."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    where = ["--tcp", "-i", "127.0.0.1", "-p", port]
    server = subprocess.Popen(["sockperf", "server", *where], stdout=subprocess.DEVNULL)

    def batch() -> Round:
        command = ["sockperf", "ping-pong", *where, "-m", "64", "-t", "1", "--full-rtt"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return Round(percentile(text, "50.000"), percentile(text, "99.000"), 0.0)

    try:
        time.sleep(0.5)  # it prints nothing when it is ready
        yield batch
    finally:
        server.terminate()
        server.wait(10)


def percentile(text: str, which: str) -> float:
    """Seconds, from a line such as `---> percentile 50.000 =    5.123`."""
    found = re.search(rf"percentile {re.escape(which)} =\s*([\d.]+)", text)
    if not found:
        raise RuntimeError(f"sockperf printed no percentile {which}: {text[-500:]}")
    return float(found[1]) / 1e6
