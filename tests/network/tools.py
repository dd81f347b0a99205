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
    *names: str, ethernet: bool = False, ipv6: bool = False, mtu: int = 1500, **conditions: Any
) -> dict[str, Any]:
    """The plan of hosts in a row; link n has the networks 10.0.n.0/30 and 2001:db8:0:n::/64."""
    both = [asdict(Conditions(**conditions))] * 2
    hosts, last = [], len(names) - 1
    for at, name in enumerate(names):
        interfaces = []
        for link in (at - 1, at):
            if 0 <= link < last:
                end = int(link < at)
                addresses = [f"10.0.{link}.{1 + end}/30"]
                addresses += [f"2001:db8:0:{link}::{1 + end}/64"] * ipv6
                mac = f"02:00:00:00:{link:02x}:{end:02x}" if ethernet else ""
                which = f"{'eth' if ethernet else 'tun'}{len(interfaces)}"
                interfaces.append(
                    {"name": which, "link": link, "end": end, "mac": mac, "mtu": mtu}
                    | {"addresses": addresses}
                )
        routes = []
        for link in range(last):
            if link not in (at - 1, at):
                near, end = (at - 1, 1) if link < at else (at, 2)
                out = interfaces[0 if link < at else -1]["name"]
                routes.append(
                    {"to": f"10.0.{link}.0/30", "via": f"10.0.{near}.{end}", "interface": out}
                )
                if ipv6:
                    to, via = f"2001:db8:0:{link}::/64", f"2001:db8:0:{near}::{end}"
                    routes.append({"to": to, "via": via, "interface": out})
        router = 0 < at < last
        hosts.append({"name": name, "router": router, "interfaces": interfaces, "routes": routes})
    links = [{"ends": [a, b], "mtu": mtu, "conditions": both} for a, b in pairwise(names)]
    return {"ethernet": ethernet, "hosts": hosts, "switches": [], "links": links}


def star(count: int, **conditions: Any) -> dict[str, Any]:
    """The plan of hosts h1, h2 ... round one switch, in 10.0.0.0/16."""
    both = [asdict(Conditions(**conditions))] * 2
    hosts, links = [], []
    for number in range(1, count + 1):
        interface = {"name": "eth0", "link": number - 1, "end": 0, "mtu": 1500}
        interface |= {"mac": f"02:00:00:00:00:{number:02x}", "addresses": [f"10.0.0.{number}/16"]}
        hosts.append(
            {"name": f"h{number}", "router": False, "interfaces": [interface], "routes": []}
        )
        links.append({"ends": [f"h{number}", "switch1"], "mtu": 1500, "conditions": both})
    return {"ethernet": True, "hosts": hosts, "switches": ["switch1"], "links": links}


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
