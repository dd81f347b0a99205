"""Subnets and addresses: one subnet for each segment, handed out in order of mention."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import (
    IPv4Address,
    IPv4Interface,
    IPv4Network,
    IPv6Address,
    IPv6Interface,
    IPv6Network,
    ip_interface,
)
from itertools import chain, combinations, count, islice

from netlab.network.plan import find_link, listed

Address = IPv4Address | IPv6Address
Subnet = IPv4Network | IPv6Network
Given = str | Sequence[str]
Ends = list[tuple[str, str]]
POOLS = (IPv4Network("198.51.100.0/24"), IPv4Network("203.0.113.0/24"))  # RFC 5737


@dataclass
class Segment:
    """Links that share a subnet: one link, or all that meet in switches."""

    links: list[int]
    hosts: list[str]
    label: str
    subnets: dict[int, Subnet] = field(default_factory=dict)  # by IP version: 4, 6
    addresses: dict[int, dict[str, str]] = field(default_factory=dict)  # version, then host

    def interface_addresses(self, host: str) -> tuple[str, ...]:
        """The addresses of a host's interface here, with /prefix."""
        return tuple(
            f"{self.addresses[version][host]}/{subnet.prefixlen}"
            for version, subnet in sorted(self.subnets.items())
        )


def segments(ends: Ends, switches: set[str]) -> list[Segment]:
    """The segments, in order of mention. Raises ValueError if switches form a loop."""
    left, found = dict.fromkeys(range(len(ends))), []
    meets = {name: [i for i, pair in enumerate(ends) if name in pair] for name in switches}
    while left:
        first = next(iter(left))
        links, reached = [first], set()
        for link in links:  # grows as switches are reached
            left.pop(link, None)
            for name in ends[link]:
                if name in switches and name not in reached:
                    reached.add(name)
                    links += [other for other in meets[name] if other not in links]
        links.sort()
        hosts = [name for link in links for name in ends[link] if name not in switches]
        twice = [name for name in hosts if hosts.count(name) > 1]
        if twice:
            raise ValueError(
                f"{twice[0]} has two links into one segment (by {listed(sorted(reached))}): "
                "leave one out, or take the link between the switches away"
            )
        if len(links) >= len(hosts) + len(reached):
            raise ValueError(
                f"{listed(sorted(reached))} form a loop, in which frames would circle for ever: "
                "take one of the links between them away"
            )
        found.append(Segment(links, hosts, " -- ".join(ends[first])))
    return found


def number(parts: list[Segment], ends: Ends, *, ipv6: bool, given: Mapping[str, Given]) -> None:
    """Give each segment its subnets and each interface its addresses. Raises ValueError."""
    own: dict[tuple[str, int], Address] = {}
    for where, values in given.items():
        for value in values if isinstance(values, list | tuple) else [values]:
            part, subnet = _given(parts, ends, where, value, own)
            if part.subnets.setdefault(subnet.version, subnet) != subnet:
                raise ValueError(
                    f"{value} for {where!r} is not in {part.subnets[subnet.version]}, which "
                    f"{part.label} has already: all interfaces of a segment share one subnet"
                )
    fixed = [(part, subnet) for part in parts for subnet in part.subnets.values()]
    for (one, a), (two, b) in combinations(fixed, 2):
        if a.version == b.version and a.overlaps(b):
            raise ValueError(
                f"{a} for {one.label} and {b} for {two.label} overlap: "
                "give each link a subnet of its own"
            )
    free = _Cursor([subnet for _, subnet in fixed if isinstance(subnet, IPv4Network)])
    taken = [subnet for _, subnet in fixed if isinstance(subnet, IPv6Network)]
    for n, part in enumerate(parts, 1):
        if 4 not in part.subnets:
            part.subnets[4] = free.take(len(part.hosts))
        if ipv6 and 6 not in part.subnets:
            mine = (IPv6Network(f"2001:db8:0:{k}::/64") for k in chain([n], count(len(parts) + 1)))
            part.subnets[6] = subnet = next(s for s in mine if not any(map(s.overlaps, taken)))
            taken.append(subnet)
        for version, subnet in part.subnets.items():
            part.addresses[version] = dict(_hand_out(part, subnet, own))


def _given(
    parts: list[Segment],
    ends: Ends,
    where: str,
    value: object,
    own: dict[tuple[str, int], Address],
) -> tuple[Segment, Subnet]:
    """The segment that a learner's address or subnet is for; an address is kept in `own`."""
    try:
        if not isinstance(value, str) or "/" not in value:
            raise ValueError
        meant: IPv4Interface | IPv6Interface = ip_interface(value)
    except ValueError:
        raise ValueError(
            f"{value!r} for {where!r}: expected an address and the bits of its subnet, "
            "such as '10.0.1.7/24' for a host or '10.0.1.0/24' for a link"
        ) from None
    subnet, address = meant.network, meant.ip
    if address.is_loopback or address.is_multicast or address.is_link_local or not int(address):
        raise ValueError(f"{value} for {where!r}: expected unicast addresses, such as 10.0.1.0/24")
    if "--" in where:
        if address != subnet.network_address:
            raise ValueError(
                f"{value} for {where!r} is an address in {subnet}; a link has a subnet: "
                f"write '{subnet}', or name a host"
            )
        a, _, b = (name.strip() for name in where.partition("--"))
        link = find_link(ends, a, b)
        return next(part for part in parts if link in part.links), subnet
    mine = [part for part in parts if where in part.hosts]
    if not mine:
        hosts = dict.fromkeys(name for part in parts for name in part.hosts)
        raise LookupError(f"no host {where!r} to give {value} to; there are {listed(hosts)}")
    if len(mine) > 1:
        raise ValueError(
            f"{where} has {len(mine)} interfaces, so {value} could be for any: "
            f"name a link instead, such as {mine[0].label!r}"
        )
    reserved = [subnet.network_address, subnet.broadcast_address][: 2 if subnet.version == 4 else 1]
    if subnet.max_prefixlen - subnet.prefixlen > 1 and address in reserved:
        raise ValueError(
            f"{value} for {where!r} is the first or last address of {subnet}, which no host "
            f"may have; write {next(subnet.hosts())}/{subnet.prefixlen}, for one"
        )
    own[where, subnet.version] = address
    return mine[0], subnet


def _hand_out(
    part: Segment, subnet: Subnet, own: dict[tuple[str, int], Address]
) -> Iterator[tuple[str, str]]:
    """Each host's address here: its own if the learner gave one, else the next free one."""
    kept = {h: own[h, subnet.version] for h in part.hosts if (h, subnet.version) in own}
    if len(set(kept.values())) < len(kept):
        raise ValueError(f"{listed(kept)} have one address between them: give each its own")
    free = (each for each in subnet.hosts() if each not in kept.values())
    for host in part.hosts:
        address = kept.get(host) or next(free, None)
        if address is None:
            room = len(list(islice(subnet.hosts(), len(part.hosts))))
            raise ValueError(
                f"{subnet} for {part.label} is too small: it has room for {room} "
                f"of {len(part.hosts)} interfaces; take a shorter prefix"
            )
        yield host, str(address)


class _Cursor:
    """Hands out IPv4 subnets one after another, each aligned, none that is taken."""

    def __init__(self, taken: list[IPv4Network]) -> None:
        self._taken = taken
        self._pools = list(POOLS)
        self._next = int(POOLS[0].network_address)

    def take(self, interfaces: int) -> IPv4Network:
        """The next subnet with room for so many interfaces: a /30 or larger."""
        bits = max(2, (interfaces + 1).bit_length())
        size = 1 << bits
        while self._pools:
            start = -(-self._next // size) * size
            if start + size - 1 > int(self._pools[0].broadcast_address):
                self._pools.pop(0)
                self._next = int(self._pools[0].network_address) if self._pools else 0
                continue
            self._next = start + size
            subnet = IPv4Network((start, 32 - bits))
            if not any(subnet.overlaps(other) for other in self._taken):
                return subnet
        raise ValueError(
            f"no addresses are left in {listed(map(str, POOLS))}: they carry 128 links; "
            "give some links a subnet with addresses={'alice -- r1': '10.0.1.0/24'}"
        )
