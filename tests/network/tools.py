"""What the tests of the live engine share: plans of a few hosts, and a reason to skip."""

from __future__ import annotations

import functools
import os
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import pairwise
from typing import Any, NamedTuple

import pytest

from netlab.background.child import Child
from netlab.network.topology import plan
from netlab.wire.model import Conditions

ROW = struct.Struct("<QQQHBBIIH")
TCP, UDP = socket.SOCK_STREAM, socket.SOCK_DGRAM


@functools.cache
def why_not() -> str:
    """Why the live network does not run here; empty where it does."""
    if os.environ.get("NETLAB_NO_NETWORK") == "1":
        return "NETLAB_NO_NETWORK=1 is set"
    if sys.platform != "linux":
        return "the live network needs Linux"
    if not os.path.exists("/dev/net/tun"):
        return "there is no /dev/net/tun"
    probe = "import sys; from netlab.network.namespaces import isolate; isolate(int(sys.argv[1]))"
    me = os.pidfd_open(os.getpid())
    done = subprocess.run(
        [sys.executable, "-c", probe, str(me)],
        capture_output=True,
        text=True,
        pass_fds=[me],
        timeout=20,
    )
    os.close(me)
    return done.stderr.strip().rpartition("\n")[2] if done.returncode else ""


live = pytest.mark.skipif(bool(why_not()), reason=f"no live network here: {why_not()}")


def chain(
    *names: str, ethernet: bool = False, ipv6: bool = False, **conditions: Any
) -> dict[str, Any]:
    """The plan of hosts in a row; link n has 10.0.n.0/30, and 2001:db8:0:n+1::/64 if asked."""
    pairs = [f"{a} -- {b}" for a, b in pairwise(names)]
    return plan(
        "; ".join(pairs),
        ethernet=ethernet,
        ipv6=ipv6,
        conditions=Conditions(**conditions),
        addresses={pair: f"10.0.{number}.0/30" for number, pair in enumerate(pairs)},
    ).as_json()


def star(count: int) -> dict[str, Any]:
    """The plan of hosts h1, h2 ... round one switch, in 10.0.0.0/24."""
    pairs = [f"h{number} -- switch1" for number in range(1, count + 1)]
    return plan("; ".join(pairs), ethernet=True, addresses={pairs[0]: "10.0.0.0/24"}).as_json()


class Packet(NamedTuple):
    """One row of a trace."""

    arrived: int
    leaves: int
    leaves2: int
    link: int
    direction: int
    fate: int
    length: int
    kept: int
    segment: int
    data: bytes


class Engine(Child):
    """The network's child, spoken to as netlab.Network does."""

    def __init__(self, plan: dict[str, Any]) -> None:
        super().__init__("network")
        try:
            self.call("build", plan=plan)
        except BaseException:
            self.close()
            raise

    def socket(
        self, host: str, type: int = TCP, family: int = socket.AF_INET, proto: int = 0
    ) -> socket.socket:
        asked = {"host": host, "family": int(family), "type": int(type), "proto": proto}
        _, (descriptor,) = self.call_for_descriptors("socket", count=1, **asked)
        sock = socket.socket(fileno=descriptor)
        sock.settimeout(20)
        return sock

    def server(self, host: str, address: str, type: int = TCP) -> socket.socket:
        sock = self.socket(host, type, socket.AF_INET6 if ":" in address else socket.AF_INET)
        sock.bind((address, 0))
        if type == TCP:
            sock.listen(10)
        return sock

    def connect(self, host: str, server: socket.socket) -> socket.socket:
        sock = self.socket(host, server.type, server.family)
        sock.connect(server.getsockname()[:2])
        return sock

    def change(self, link: int, direction: int, **conditions: Any) -> None:
        asked = asdict(Conditions(**conditions))
        self.call("change", link=link, direction=direction, conditions=asked)

    def trace(self, *links: int, quiet: float = 0.1) -> list[Packet]:
        reply, (file,) = self.call_for_descriptors("trace", count=1, links=links, quiet=quiet)
        with open(file, "rb") as opened:
            data = opened.read()
        packets, at = [], 0
        while at < len(data):
            row = ROW.unpack_from(data, at)
            at += ROW.size
            packets.append(Packet(*row, data[at : at + row[7]]))
            at += row[7]
        assert len(packets) == reply["packets"]
        return packets

    def counters(self) -> list[dict[str, int]]:
        return list(self.call("counters")["counters"])


@contextmanager
def engine(plan: dict[str, Any]) -> Iterator[Engine]:
    running = Engine(plan)
    try:
        yield running
    finally:
        running.close()
