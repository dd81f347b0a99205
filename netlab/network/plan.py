"""Plan: a network before it is built. Hosts, links, addresses and routes as plain values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Self

from netlab.wire.model import Burst, Conditions

ETHERNET_MTU = 1500  # bytes: what need not be said
_RATES = ((1e9, "Gbit/s"), (1e6, "Mbit/s"), (1e3, "kbit/s"))
_TWO_ENDS = re.compile(r"\s*(\S+?)\s*(--|->|<-)\s*(\S+)\s*")


@dataclass(frozen=True)
class Interface:
    """One end of a link on a host. link: its index. end: 0 or 1. addresses: with /prefix."""

    name: str
    link: int
    end: int
    mac: str
    mtu: int
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class Route:
    """Where packets for the subnet `to` go next: to the address `via`, out of `interface`."""

    to: str
    via: str
    interface: str


@dataclass(frozen=True)
class HostPlan:
    """A host; one with two interfaces or more is a router and passes packets on."""

    name: str
    router: bool
    interfaces: tuple[Interface, ...]
    routes: tuple[Route, ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        """Its addresses, without /prefix, in order of mention."""
        return tuple(a.partition("/")[0] for i in self.interfaces for a in i.addresses)


@dataclass(frozen=True)
class LinkPlan:
    """A link; conditions[0] from ends[0] to ends[1], conditions[1] back. mtu in bytes."""

    ends: tuple[str, str]
    mtu: int
    conditions: tuple[Conditions, Conditions]

    @property
    def label(self) -> str:
        """As the learner wrote it: alice -- r1."""
        return " -- ".join(self.ends)

    @property
    def words(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What is special about each direction: ("5 ms", "10 Mbit/s", "MTU 576")."""
        size = (f"MTU {self.mtu}",) if self.mtu != ETHERNET_MTU else ()
        there, back = (_words(each) + size for each in self.conditions)
        return there, back


@dataclass(frozen=True)
class Plan:
    """A whole network, each part in the order in which the learner's text mentions it."""

    ethernet: bool
    hosts: tuple[HostPlan, ...]
    switches: tuple[str, ...]
    links: tuple[LinkPlan, ...]

    def __str__(self) -> str:
        links = []
        for link in self.links:
            there, back = link.words
            words = ", ".join(there) + (f" there, {', '.join(back)} back" if there != back else "")
            links.append(f"{link.label} ({words})" if words else link.label)
        return "; ".join(links) + " with Ethernet" * self.ethernet

    def host(self, name: str) -> HostPlan:
        """The host of this name. Raises LookupError."""
        for host in self.hosts:
            if host.name == name:
                return host
        if name in self.switches:
            raise LookupError(f"{name} is a switch: it has no address and runs no programs")
        raise LookupError(f"no host {name!r} in this network; it has {listed(self.names)}")

    @property
    def names(self) -> tuple[str, ...]:
        """The hosts' names."""
        return tuple(host.name for host in self.hosts)

    def link(self, a: str, b: str) -> int:
        """The index of the link between a and b, in either order. Raises LookupError."""
        return find_link([link.ends for link in self.links], a, b)

    def directions(self, text: str) -> list[tuple[int, int]]:
        """(link, direction) of "a -- b" (both), "a -> b" or "a <- b"; 0 is from ends[0] on.

        Raises LookupError for a link that is not there, ValueError for another text.
        """
        return find_directions([link.ends for link in self.links], text)

    def path(self, a: str, b: str) -> list[int]:
        """The links on the shortest way from a to b, in order. Raises LookupError."""
        for name in (a, b):
            if not any(name in link.ends for link in self.links):
                known = dict.fromkeys(end for link in self.links for end in link.ends)
                raise LookupError(f"no {name!r} in this network; it has {listed(known)}")
        found: dict[str, list[int]] = {a: []}
        waiting = [a]
        while waiting and b not in found:
            here = waiting.pop(0)
            for number, link in enumerate(self.links):
                if here in link.ends:
                    there = link.ends[1 - link.ends.index(here)]
                    if there not in found:
                        found[there] = [*found[here], number]
                        waiting.append(there)
        if b not in found:
            raise LookupError(f"no links lead from {a} to {b}")
        return found[b]

    @classmethod
    def from_json(cls, noted: dict[str, Any]) -> Self:
        """The plan that as_json described, after a journey through JSON."""
        hosts = [
            HostPlan(
                one["name"],
                one["router"],
                tuple(
                    Interface(**i | {"addresses": tuple(i["addresses"])}) for i in one["interfaces"]
                ),
                tuple(Route(**route) for route in one["routes"]),
            )
            for one in noted["hosts"]
        ]
        links = [
            LinkPlan(
                (link["ends"][0], link["ends"][1]),
                link["mtu"],
                (Conditions(**link["conditions"][0]), Conditions(**link["conditions"][1])),
            )
            for link in noted["links"]
        ]
        return cls(noted["ethernet"], tuple(hosts), tuple(noted["switches"]), tuple(links))

    def as_json(self) -> dict[str, Any]:
        """For the network's child, and for recordings."""
        hosts = [
            vars(host)
            | {
                "interfaces": [vars(interface) for interface in host.interfaces],
                "routes": [vars(route) for route in host.routes],
            }
            for host in self.hosts
        ]
        links = [
            vars(link) | {"conditions": [asdict(each) for each in link.conditions]}
            for link in self.links
        ]
        return {
            "ethernet": self.ethernet,
            "hosts": hosts,
            "switches": self.switches,
            "links": links,
        }


def _words(conditions: Conditions) -> tuple[str, ...]:
    """Conditions in a few words each; those that do nothing are left out."""
    words = []
    if conditions.delay:
        jitter = f" ± {conditions.jitter * 1000:g}" if conditions.jitter else ""
        words.append(f"{conditions.delay * 1000:g}{jitter} ms")
    if conditions.rate is not None:
        factor, unit = next(u for u in _RATES if conditions.rate >= u[0])
        words.append(f"{conditions.rate / factor:.4g} {unit}")
    does = {"loss": "loses", "duplicate": "doubles", "reorder": "reorders"}
    for name, verb in does.items():
        what = getattr(conditions, name)
        if isinstance(what, Burst):
            words.append(f"{verb} bursts")
        elif isinstance(what, tuple) and what:
            words.append(f"{verb} no. {listed(map(str, what), 4)}")
        elif what:
            words.append(f"{verb} {what * 100:.3g} %")
    return tuple(words)


def find_directions(ends: list[tuple[str, str]], text: str) -> list[tuple[int, int]]:
    """What Plan.directions says, for links known by their ends only."""
    match = _TWO_ENDS.fullmatch(text) if isinstance(text, str) else None
    if not match:
        raise ValueError(
            "expected a link as 'alice -- r1' (both directions), 'alice -> r1' or 'alice <- r1'; "
            f"got {text!r}"
        )
    left, arrow, right = match.groups()
    link = find_link(ends, left, right)
    if arrow == "--":
        return [(link, 0), (link, 1)]
    sender = left if arrow == "->" else right
    return [(link, ends[link].index(sender))]


def find_link(ends: list[tuple[str, str]], a: str, b: str) -> int:
    """The index of the link between a and b. Raises LookupError."""
    for index, pair in enumerate(ends):
        if pair in ((a, b), (b, a)):
            return index
    known = dict.fromkeys(name for pair in ends for name in pair)
    for name in (a, b):
        if name not in known:
            raise LookupError(f"no {name!r} in this network; it has {listed(known)}")
    neighbours = [y if x == a else x for x, y in ends if a in (x, y)]
    raise LookupError(f"there is no link {a} -- {b}; {a} has links to {listed(neighbours)}")


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names for an error's sentence: all of them, or the first and how many more."""
    names = list(names)
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
