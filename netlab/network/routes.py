"""Routes: for every host the next step towards every subnet, by the fewest links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_network

from netlab.network.addresses import Ends, Segment
from netlab.network.plan import Interface, Route, listed

ANYWHERE: dict[int, str] = {4: "0.0.0.0/0", 6: "::/0"}
Interfaces = Mapping[str, list[Interface]]
Neighbours = dict[str, list[tuple[str, int]]]  # who is near, over which link


def all_routes(
    ends: Ends,
    interfaces: Interfaces,
    parts: list[Segment],
    given: Mapping[str, Mapping[str, str]],
) -> dict[str, list[Route]]:
    """Every host's routes: the learner's if there are any for it, else the computed ones.

    A host with one interface gets a default route, a router one route for each subnet that is
    not its own. Raises ValueError, LookupError.
    """
    part_of = {link: part for part in parts for link in part.links}
    routes: dict[str, list[Route]] = {name: [] for name in interfaces}
    routers = [name for name, there in interfaces.items() if len(there) > 1]
    for version in ANYWHERE:
        for name, there in interfaces.items():
            part = part_of[there[0].link]
            gateways = [host for host in part.hosts if host in routers]
            if len(there) == 1 and gateways and version in part.subnets:
                via = part.addresses[version][gateways[0]]
                routes[name].append(Route(ANYWHERE[version], via, there[0].name))
        neighbours = _neighbours(ends, {n for n, p in part_of.items() if version in p.subnets})
        for part in parts:
            if version not in part.subnets:
                continue
            to = str(part.subnets[version])
            for name, link, gateway in _steps(neighbours, part.hosts, routers, interfaces):
                via = part_of[link].addresses[version][gateway]
                out = next(i.name for i in interfaces[name] if i.link == link)
                routes[name].append(Route(to, via, out))
    for name, asked in given.items():
        if name not in interfaces:
            raise LookupError(f"no host {name!r} to give routes to; there are {listed(interfaces)}")
        if not isinstance(asked, Mapping):
            raise TypeError(f"expected {{'default': 'r2'}} or the like for {name}, got {asked!r}")
        routes[name] = [
            route
            for to, neighbour in asked.items()
            for route in _asked(name, to, neighbour, interfaces[name], part_of)
        ]
    return routes


def _neighbours(ends: Ends, links: set[int]) -> Neighbours:
    """Who is at the far end of each link, in order of mention."""
    found: Neighbours = {}
    for link in sorted(links):
        a, b = ends[link]
        found.setdefault(a, []).append((b, link))
        found.setdefault(b, []).append((a, link))
    return found


def _steps(
    neighbours: Neighbours, goal: list[str], routers: list[str], hosts: Interfaces
) -> Iterator[tuple[str, int, str]]:
    """Each router's first link, and the next router, on a shortest way to one of `goal`."""
    away = dict.fromkeys(goal, 0)  # links between a node and the goal
    reached = list(away)
    for node in reached:  # grows: breadth first
        for far, _ in neighbours.get(node, ()):
            if far not in away:
                away[far] = away[node] + 1
                reached.append(far)

    def nearer(node: str) -> tuple[str, int]:
        return next((far, link) for far, link in neighbours[node] if away[far] < away[node])

    for name in routers:
        if away.get(name):
            far, link = nearer(name)
            while far not in hosts:  # a switch is no step of its own
                far, _ = nearer(far)
            yield name, link, far


def _asked(
    name: str, to: str, neighbour: str, there: list[Interface], part_of: Mapping[int, Segment]
) -> Iterator[Route]:
    """The learner's route from `name` to `to`; "default" is one for each IP version in use."""
    try:
        wanted: dict[int, str] = (
            ANYWHERE if to == "default" else {ip_network(str(to)).version: str(to)}
        )
    except ValueError:
        raise ValueError(
            f"{to!r} in the routes of {name}: expected a subnet such as '203.0.113.0/30', "
            "or 'default'"
        ) from None
    others = {i.name: [host for host in part_of[i.link].hosts if host != name] for i in there}
    near = [i for i in there if neighbour in others[i.name]]
    if not near:
        known = dict.fromkeys(host for hosts in others.values() for host in hosts)
        raise LookupError(
            f"{name} cannot send by way of {neighbour!r}: a route leads to a neighbour first, "
            f"and the neighbours of {name} are {listed(known)}"
        )
    part = part_of[near[0].link]
    if not wanted.keys() & part.subnets.keys():
        raise ValueError(
            f"the route of {name} to {to} needs an IPv6 address of {neighbour}, which has none: "
            "ask for ipv6=True"
        )
    for version in sorted(wanted.keys() & part.subnets.keys()):
        yield Route(wanted[version], part.addresses[version][neighbour], near[0].name)
