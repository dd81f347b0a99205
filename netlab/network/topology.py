"""plan: from the learner's text, "alice -- r1 -- bob", to a network that can be built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

from netlab.network.addresses import Given, Segment, number, segments
from netlab.network.plan import ETHERNET_MTU, HostPlan, Interface, LinkPlan, Plan, find_directions
from netlab.network.routes import all_routes
from netlab.wire.model import Conditions

MOST = 100  # hosts
MTU = range(68, 65_522)  # bytes: RFC 791's least (section 3.2), and the most that a TAP takes
IPV6_MTU = 1280  # bytes: RFC 8200 section 5
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,14}")
_SUCH_AS = {
    "links": "{'alice -- r1': {'delay': 0.1}}",
    "addresses": "{'alice -- r1': '10.0.1.0/24'}",
    "routes": "{'r1': {'default': 'r2'}}",
}
_CONDITIONS = [field.name for field in fields(Conditions)]


def plan(
    text: str,
    *,
    ethernet: bool = False,
    ipv6: bool = False,
    mtu: int = ETHERNET_MTU,
    conditions: Conditions = Conditions(),  # noqa: B008  frozen
    links: Mapping[str, Mapping[str, Any]] | None = None,
    addresses: Mapping[str, Given] | None = None,
    routes: Mapping[str, Mapping[str, str]] | None = None,
) -> Plan:
    """Plan a network from chains such as "alice -- r1 -- bob", one a line or between ";".

    mtu (bytes) and conditions: of every link; links={"r1 -- r2": {"delay": 0.1, "mtu": 576},
    "r2 -> r1": {"loss": 0.01}} changes some. addresses={"alice -- r1": "10.0.1.0/24", "bob":
    "10.0.2.7/24"}: instead of the computed ones. routes={"r1": {"10.0.9.0/24": "r2", "default":
    "r3"}}: instead of all that were computed for r1. Raises ValueError, TypeError, LookupError.
    """
    for name, given in (("links", links), ("addresses", addresses), ("routes", routes)):
        if given is not None and not isinstance(given, Mapping):
            raise TypeError(f"expected a dict for {name}, such as {_SUCH_AS[name]}; got {given!r}")
    ends = read(text)
    names = list(dict.fromkeys(name for pair in ends for name in pair))
    switches = [name for name in names if name.startswith("switch")]
    hosts = [name for name in names if name not in switches]
    _check_size(hosts, switches, ethernet)
    link_plans = _links(ends, mtu, conditions, links or {})
    parts = segments(ends, set(switches))
    number(parts, ends, ipv6=ipv6, given=addresses or {})
    _check_ipv6(parts, link_plans)

    found: dict[str, list[Interface]] = {name: [] for name in hosts}
    cards = 0
    for index, link in enumerate(link_plans):
        part = next(part for part in parts if index in part.links)
        for end, name in enumerate(link.ends):
            if name in switches:
                continue
            cards += 1
            device = f"{'eth' if ethernet else 'tun'}{len(found[name])}"
            mac = f"02:00:00:00:{cards >> 8:02x}:{cards & 255:02x}" if ethernet else ""
            has = part.interface_addresses(name)
            found[name].append(Interface(device, index, end, mac, link.mtu, has))
    ways = all_routes(ends, found, parts, routes or {})
    made = [HostPlan(n, len(i) > 1, tuple(i), tuple(ways[n])) for n, i in found.items()]
    return Plan(ethernet, tuple(made), tuple(switches), tuple(link_plans))


def changed(conditions: Conditions, asked: Mapping[str, Any]) -> Conditions:
    """`conditions` with what is asked changed. Raises TypeError for a condition nobody knows."""
    for name in asked:
        if name not in _CONDITIONS:
            raise TypeError(f"a link has no {name!r}; it has mtu, {', '.join(_CONDITIONS)}")
    return replace(conditions, **asked)


def read(text: str) -> list[tuple[str, str]]:
    """The two ends of each link, in order of mention. Raises TypeError, ValueError."""
    if not isinstance(text, str):
        raise TypeError(f"expected a network as text, such as 'alice -- bob'; got {text!r}")
    ends: list[tuple[str, str]] = []
    known: set[frozenset[str]] = set()
    for chain in filter(str.strip, re.split(r"[\n;]", text)):
        names = [name.strip() for name in chain.split("--")]
        for name in names:
            if not _NAME.fullmatch(name):
                raise ValueError(
                    f"{name!r} in {chain.strip()!r} is no name: expected up to 15 letters, digits, "
                    "- or _, a letter first, with -- between two names: 'alice -- r1 -- bob'"
                )
        if len(names) == 1:
            raise ValueError(f"{names[0]!r} has no link: expected a chain, such as 'alice -- bob'")
        for a, b in pairwise(names):
            if a == b:
                raise ValueError(f"{a} -- {b} is a link from {a} to itself; give it another end")
            if frozenset((a, b)) in known:
                raise ValueError(f"{a} -- {b} is there twice; two hosts share at most one link")
            known.add(frozenset((a, b)))
            ends.append((a, b))
    if not ends:
        raise ValueError("expected a network such as 'alice -- r1 -- bob'; got an empty text")
    return ends


def _check_size(hosts: list[str], switches: list[str], ethernet: bool) -> None:
    if switches and not ethernet:
        raise ValueError(
            f"{switches[0]} is a switch, and switches pass on Ethernet frames: "
            "ask for ethernet=True, or give it a name that does not begin with 'switch'"
        )
    for what, there in (("hosts", hosts), ("switches", switches)):
        if len(there) > MOST:
            raise ValueError(f"{len(there)} {what} are too many: expected at most {MOST}")


def _links(
    ends: list[tuple[str, str]],
    mtu: int,
    conditions: Conditions,
    asked: Mapping[str, Mapping[str, Any]],
) -> list[LinkPlan]:
    """Every link with its conditions: those of all, then what is asked for it, in order."""
    mtus = [_checked_mtu(mtu)] * len(ends)
    both = [[conditions, conditions] for _ in ends]
    for where, what in asked.items():
        meant = find_directions(ends, where)
        if not isinstance(what, Mapping):
            raise TypeError(f"expected {{'delay': 0.1}} or the like for {where!r}, got {what!r}")
        there = dict(what)
        if "mtu" in there:
            if len(meant) == 1:
                whole = " -- ".join(ends[meant[0][0]])
                raise ValueError(f"an MTU holds both ways: write {whole!r}, not {where!r}")
            mtus[meant[0][0]] = _checked_mtu(there.pop("mtu"))
        for link, direction in meant:
            both[link][direction] = changed(both[link][direction], there)
    return [
        LinkPlan(pair, size, (there, back))
        for pair, size, (there, back) in zip(ends, mtus, both, strict=True)
    ]


def _checked_mtu(mtu: int) -> int:
    if isinstance(mtu, bool) or not isinstance(mtu, int) or mtu not in MTU:
        raise ValueError(
            f"mtu={mtu!r}: expected a whole number of bytes from {MTU[0]} to {MTU[-1]}, "
            "such as 1500 (Ethernet)"
        )
    return mtu


def _check_ipv6(parts: list[Segment], links: list[LinkPlan]) -> None:
    for part in parts:
        for index in part.links:
            if 6 in part.subnets and links[index].mtu < IPV6_MTU:
                raise ValueError(
                    f"mtu={links[index].mtu} on {links[index].label} is too small: IPv6 needs "
                    f"{IPV6_MTU} bytes (RFC 8200 section 5); raise it, or leave IPv6 out"
                )
