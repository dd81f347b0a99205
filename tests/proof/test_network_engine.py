"""The live engine under what a lesson never does on purpose: kills, hundreds of networks, loss."""

from __future__ import annotations

import os
import struct
import time
from pathlib import Path

import psutil
import pytest

from netlab.wire.model import Conditions, Link
from tests.helpers import Footprint, alive, eventually, program, returns_to
from tests.network.tools import UDP, Engine, chain, engine, live

pytestmark = [live, pytest.mark.proof]

IN_MID_TRANSFER = """
import os, sys, threading
from tests.network.tools import Engine, chain
net = Engine(chain("a", "r", "b", delay=0.005))
server = net.server("b", "10.0.1.2")
sock = net.connect("a", server)
conn, _ = server.accept()
conn.settimeout(None)
def receive():
    while conn.recv(65536):
        pass
threading.Thread(target=receive, daemon=True).start()
endless = "import os, time; os.setsid() if os.fork() == 0 else None; time.sleep(600)"
for args in (["setsid", "sleep", "600"], [sys.executable, "-c", endless]):
    net.call_for_descriptors(
        "spawn", count=4, host="a", args=args, cwd="/", env=dict(os.environ)
    )
print(net.pid, flush=True)
while True:
    sock.sendall(bytes(100_000))
"""


def descendants(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)


def networks(*pids: int) -> set[str]:
    """The network namespaces that these processes are in, or hold open; without any: all do."""
    found = set()
    for process in map(str, pids or psutil.pids()):
        for kind in ("task/*/ns/net", "fd/*"):
            for path in Path("/proc", process).glob(kind):
                try:
                    name = os.readlink(path)
                except OSError:
                    continue  # it has ended, or is another user's
                if name.startswith("net:"):
                    found.add(name)
    return found - {os.readlink("/proc/self/ns/net")}


@pytest.mark.parametrize("how", ["kill", "terminate"])
def test_a_killed_kernel_leaves_nothing(how: str) -> None:
    with program(IN_MID_TRANSFER) as kernel:
        assert kernel.stdout is not None
        outer = int(kernel.stdout.readline())
        # the engine outside, the one inside, sleep, and Python with its copy
        eventually(lambda: len(descendants(outer)) >= 4, 5.0)
        time.sleep(0.5)  # in the middle of the transfer
        ours = [outer, *(one.pid for one in descendants(outer))]
        theirs = networks(*ours)
        assert len(theirs) == 4  # three hosts, and the one in which the engine itself lives
        getattr(kernel, how)()
        kernel.wait(5)
        ended = time.monotonic()
        eventually(lambda: not any(map(alive, ours)), 1.0, "every process has ended")
        eventually(lambda: not theirs & networks(), ended + 1 - time.monotonic(), "no network")


def test_a_killed_outer_process_takes_the_inner_with_it() -> None:
    net = Engine(chain("a", "b"))
    inside = descendants(net.pid)
    assert len(inside) == 1
    os.kill(net.pid, 9)
    eventually(lambda: not alive(inside[0].pid), 1.0)
    net.close()


def test_a_hundred_networks_leave_nothing() -> None:
    theirs: set[str] = set()

    def use(count: int) -> None:
        for _ in range(count):
            with engine(chain("a", "r", "b")) as net, net.server("b", "10.0.1.2") as server:
                net.connect("a", server).close()
                net.trace(0, quiet=0)
                theirs.update(networks(*(one.pid for one in descendants(net.pid))))

    use(5)
    here = Footprint.of()
    resident = psutil.Process().memory_info().rss
    use(100)
    returns_to(here)
    assert theirs and not theirs & networks()
    assert psutil.Process().memory_info().rss - resident < 3_000_000


def arrived(seed: int, count: int) -> list[int]:
    """The numbers of the datagrams that pass a link with 1 % loss."""
    plan = chain("a", "b", loss=0.01, seed=seed)
    got = []
    with (
        engine(plan) as net,
        net.server("b", "10.0.0.2", UDP) as receiver,
        net.connect("a", receiver) as sender,
    ):
        receiver.settimeout(1.0)
        for number in range(1, count + 1):
            sender.send(struct.pack("!I", number))
            if number % 100 == 0:  # the receiver's buffer holds some two hundred
                net.trace(quiet=0)
                receiver.setblocking(False)
                try:
                    while True:
                        got.append(struct.unpack("!I", receiver.recv(100))[0])
                except BlockingIOError:
                    pass
        counts = net.counters()[0]
    assert counts["seen"] == count and counts["delivered"] == len(got)
    return got


def expected(seed: int, count: int) -> list[int]:
    link = Link(Conditions(loss=0.01, seed=seed), "a -> b")
    return [number for number in range(1, count + 1) if link.packet(number, 32).times]


def test_loss_of_one_percent_is_what_the_model_says() -> None:
    count = 20_000
    lists = [arrived(seed, count) for seed in (7, 7, 8)]
    assert lists[0] == lists[1] == expected(7, count)
    assert lists[2] == expected(8, count) != lists[0]
    sigma = (count * 0.01 * 0.99) ** 0.5
    for got in lists:
        assert abs(count - len(got) - count * 0.01) < 5 * sigma
