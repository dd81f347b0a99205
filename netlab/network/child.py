"""The network's child: builds hosts and links from a plan, and does there what it is told."""

from __future__ import annotations

import gc
import socket
import sys
import threading
import time
from typing import Any

from netlab.network import netlink
from netlab.network.device import open_device
from netlab.network.diag import tcp_sockets
from netlab.network.namespaces import enter_network, inside, new_network, set_kernel, this_network
from netlab.network.programs import Programs
from netlab.network.pump import Pump, Switch, Way, counters
from netlab.wire.model import Conditions

LONGEST_QUIET = 2.0  # seconds that a trace may wait for the network to fall silent
QUEUE = 20_000  # packets a device may hold: the pump reads long before, so nothing is lost there


class LiveNetwork:
    """One network: a network namespace for each host, a device for each end of a link."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self._home = this_network()
        self._hosts: dict[str, int] = {}
        self._programs = Programs()
        switches = {name: Switch() for name in plan["switches"]}
        self._ways = [way for pair in _pairs(plan["links"]) for way in pair]
        devices: dict[tuple[int, int], int] = {}
        try:
            for host in plan["hosts"]:
                self._hosts[host["name"]] = new_network()
                devices |= _equip(host, plan["ethernet"])
        finally:
            enter_network(self._home)
        for way in self._ways:
            ends = plan["links"][way.link]["ends"]
            way.source = devices.get((way.link, way.direction), -1)
            way.target = devices.get((way.link, 1 - way.direction), -1)
            if start := switches.get(ends[way.direction]):
                start.ports.append(way)
            way.switch = switches.get(ends[1 - way.direction])
        self._pump = Pump(self._ways, plan["ethernet"])
        self._pump.start()
        threading.Thread(target=self._pump.run, daemon=True, name="netlab pump").start()

    def socket(self, host: str, family: int, type: int, proto: int) -> dict[str, Any]:
        with inside(self._host(host), self._home):
            return {"descriptors": [socket.socket(family, type, proto).detach()]}

    def spawn(self, host: str, args: list[str], cwd: str, env: dict[str, str]) -> dict[str, Any]:
        with inside(self._host(host), self._home):
            number, descriptors = self._programs.spawn(args, cwd, env)
        return {"program": number, "descriptors": descriptors}

    def signal(self, program: int, signal: int) -> None:
        self._programs.signal(program, signal)

    def exit_code(self, program: int, ended: bool = False) -> dict[str, Any]:
        return {"code": self._programs.exit_code(program, ended)}

    def change(self, link: int, direction: int, conditions: dict[str, Any]) -> None:
        """New conditions for packets from now on; those in flight keep their times."""
        self._ways[2 * link + direction].change(Conditions(**conditions))
        self._pump.choose_offload()

    def trace(self, links: list[int], quiet: float) -> dict[str, Any]:
        """The rows of these links, once no packet flies and none came for `quiet` seconds."""
        self._settle(quiet)
        file, packets = self._pump.ring.rows(set(links))
        not_kept = sum(self._pump.ring.not_kept[link] for link in set(links))
        return {"packets": packets, "not_kept": not_kept, "descriptors": [file]}

    def sockets(self, hosts: list[str], quiet: float) -> dict[str, Any]:
        """The TCP sockets of these hosts, once the network is as silent as for a trace."""
        self._settle(quiet)
        found = {}
        for host in hosts:
            with inside(self._host(host), self._home):
                found[host] = tcp_sockets()
        return {"sockets": found}

    def _settle(self, quiet: float) -> None:
        """Wait until no packet flies and none came for `quiet` seconds."""
        self._pump.catch_up()
        ring, end = self._pump.ring, time.perf_counter() + LONGEST_QUIET
        while (now := time.perf_counter()) < end:
            silent = max(ring.newest, self._pump.in_flight_until()) + quiet
            if now >= silent:
                break
            time.sleep(min(silent, end) - now)

    def counters(self) -> dict[str, Any]:
        return {"counters": counters(self._ways)}

    def _host(self, name: str) -> int:
        if name not in self._hosts:
            raise ValueError(f"no host is called {name!r}; there are {', '.join(self._hosts)}")
        return self._hosts[name]


def _pairs(links: list[dict[str, Any]]) -> list[tuple[Way, Way]]:
    pairs = []
    for number, link in enumerate(links):
        (a, b), (there, back) = link["ends"], link["conditions"]
        pair = (
            Way(number, 0, f"{a} -> {b}", Conditions(**there)),
            Way(number, 1, f"{b} -> {a}", Conditions(**back)),
        )
        pair[0].back, pair[1].back = pair[1], pair[0]
        pairs.append(pair)
    return pairs


def _equip(host: dict[str, Any], ethernet: bool) -> dict[tuple[int, int], int]:
    """Set up this thread's network as the plan says; the devices, by link and end."""
    interfaces = host["interfaces"]
    ipv6 = any(":" in address for one in interfaces for address in one["addresses"])
    for setting, value in _settings(host["router"], ipv6, ethernet):
        set_kernel(setting, value)
    _choose_congestion_control()
    devices, messages = {}, [netlink.loopback_up()]
    index = {}
    for one in interfaces:
        devices[one["link"], one["end"]] = open_device(one["name"], ethernet)
        index[one["name"]] = number = socket.if_nametoindex(one["name"])
        messages.append(netlink.link_up(number, mtu=one["mtu"], queue=QUEUE, mac=one["mac"]))
        messages += [netlink.address(number, address) for address in one["addresses"]]
    for route in host["routes"]:
        messages.append(netlink.route(index[route["interface"]], route["to"], route["via"]))
    netlink.configure(messages)
    return devices


def _settings(router: bool, ipv6: bool, ethernet: bool) -> list[tuple[str, int]]:
    """What keeps an idle link silent and routes what the plan routes, before any device is made."""
    settings = [
        ("ipv4/conf/all/rp_filter", 0),
        ("ipv4/conf/default/rp_filter", 0),
        ("ipv4/conf/all/send_redirects", 0),
        ("ipv4/conf/default/send_redirects", 0),
        ("ipv4/icmp_ratelimit", 0),  # else a second traceroute would see stars
        ("ipv4/tcp_no_metrics_save", 1),  # else one connection would teach the next
        ("ipv6/conf/default/disable_ipv6", int(not ipv6)),
    ]
    if router:
        settings.append(("ipv4/ip_forward", 1))
    if ipv6:
        settings += [
            ("ipv6/conf/default/accept_dad", 0),
            ("ipv6/conf/default/accept_ra", 0),
            ("ipv6/conf/default/router_solicitations", 0),
            ("ipv6/icmp/ratelimit", 0),
        ]
        if not ethernet:  # no neighbours to ask there, so no link-local address is needed
            settings.append(("ipv6/conf/default/addr_gen_mode", 1))
        if router:
            settings.append(("ipv6/conf/all/forwarding", 1))
    return settings


def _choose_congestion_control() -> None:
    """Cubic (RFC 9438), as the lessons say, whatever this machine prefers; else Reno."""
    try:
        set_kernel("ipv4/tcp_congestion_control", "cubic")
    except OSError:
        set_kernel("ipv4/tcp_congestion_control", "reno")


def commands() -> dict[str, Any]:
    """What the kernel may ask of this child; `build` comes first."""
    sys.setswitchinterval(100e-6)  # seconds: the pump never waits long for a command
    found: dict[str, Any] = {}

    def build(plan: dict[str, Any]) -> None:
        network = LiveNetwork(plan)
        for name in (
            "socket", "spawn", "signal", "exit_code", "change", "trace", "sockets", "counters"
        ):  # fmt: skip
            found[name] = getattr(network, name)
        gc.freeze()
        gc.disable()  # nothing here makes cycles, and a collection would delay packets

    found["build"] = build
    return found
