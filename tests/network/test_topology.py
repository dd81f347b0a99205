"""From text to a plan: pure, and every computed route is walked."""

from __future__ import annotations

import json
import time
from ipaddress import ip_address, ip_interface, ip_network
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netlab.network.plan import Plan
from netlab.network.topology import plan
from netlab.wire.model import Burst, Conditions

CHAIN = "alice -- r1 -- r2 -- bob"


class Walker:
    """Follows packets from host to host, by each host's own routes."""

    def __init__(self, network: Plan) -> None:
        self.routers = {host.name for host in network.hosts if host.router}
        self.owner = {ip_address(a): host.name for host in network.hosts for a in host.addresses}
        self.near = {
            host.name: [ip_interface(a).network for i in host.interfaces for a in i.addresses]
            for host in network.hosts
        }
        self.ways = {
            host.name: sorted(
                ((ip_network(route.to), ip_address(route.via)) for route in host.routes),
                key=lambda way: -way[0].prefixlen,
            )
            for host in network.hosts
        }

    def walk(self, start: str, goal: str, version: int = 4) -> list[str]:
        """The hosts that a packet visits on its way to the goal's first address."""
        to = next(a for a, name in self.owner.items() if name == goal and a.version == version)
        path = [start]
        while path[-1] != goal:
            here = path[-1]
            assert len(path) <= len(self.near), f"a loop: {path}"
            assert len(path) == 1 or here in self.routers, f"{here} passes nothing on"
            step = to
            if not any(to in subnet for subnet in self.near[here]):
                fits = [via for subnet, via in self.ways[here] if to in subnet]
                assert fits, f"{here} has no route to {goal}"
                step = fits[0]
                assert any(step in subnet for subnet in self.near[here]), f"{step} is not near"
            path.append(self.owner[step])
        return path


def walk(network: Plan, start: str, goal: str, version: int = 4) -> list[str]:
    return Walker(network).walk(start, goal, version)


def addresses(network: Plan) -> dict[str, tuple[str, ...]]:
    return {host.name: host.addresses for host in network.hosts}


def test_a_chain_is_numbered_from_left_to_right() -> None:
    network = plan(CHAIN)
    assert addresses(network) == {
        "alice": ("198.51.100.1",),
        "r1": ("198.51.100.2", "198.51.100.5"),
        "r2": ("198.51.100.6", "198.51.100.9"),
        "bob": ("198.51.100.10",),
    }
    assert [host.name for host in network.hosts if host.router] == ["r1", "r2"]
    r1 = network.host("r1")
    assert [(i.name, i.link, i.end, i.mac, i.mtu) for i in r1.interfaces] == [
        ("tun0", 0, 1, "", 1500),
        ("tun1", 1, 0, "", 1500),
    ]
    assert [(r.to, r.via, r.interface) for r in r1.routes] == [
        ("198.51.100.8/30", "198.51.100.6", "tun1")
    ]
    assert network.host("alice").routes[0].to == "0.0.0.0/0"
    assert walk(network, "alice", "bob") == ["alice", "r1", "r2", "bob"]
    assert [link.label for link in network.links] == ["alice -- r1", "r1 -- r2", "r2 -- bob"]


def test_two_hosts_need_no_route() -> None:
    assert [host.routes for host in plan("a--b").hosts] == [(), ()]


@pytest.mark.parametrize(
    "text", ["a--r--b;c--r", "a -- r -- b\n\n  c -- r  \n", "a --r-- b ; c -- r;"]
)
def test_chains_join_at_a_name(text: str) -> None:
    network = plan(text)
    assert [link.ends for link in network.links] == [("a", "r"), ("r", "b"), ("c", "r")]
    assert walk(network, "a", "c") == ["a", "r", "c"]


def test_a_name_may_hold_a_dash() -> None:
    assert plan("my-host--r_1").names == ("my-host", "r_1")


def test_networks_that_are_not_joined_stay_apart() -> None:
    network = plan("a -- r1 -- b; c -- r2 -- d")
    assert walk(network, "a", "b") == ["a", "r1", "b"]
    with pytest.raises(AssertionError, match="r1 has no route to d"):
        walk(network, "a", "d")


def test_a_triangle_is_crossed_by_the_shortest_way() -> None:
    network = plan("a -- r1 -- r2 -- b; r1 -- r3 -- r2; r3 -- c")
    assert walk(network, "a", "b") == ["a", "r1", "r2", "b"]
    assert walk(network, "a", "c") == ["a", "r1", "r3", "c"]


def test_of_two_shortest_ways_the_first_mentioned_is_taken() -> None:
    assert walk(plan("a -- r1 -- x -- r2 -- b; r1 -- y -- r2"), "a", "b")[2] == "x"
    assert walk(plan("a -- r1 -- y -- r2 -- b; r1 -- x -- r2"), "a", "b")[2] == "y"


def test_a_switch_joins_its_links_to_one_segment() -> None:
    text = "a -- switch1 -- b; c -- switch1 -- switch2 -- r -- far; d -- switch2"
    network = plan(text, ethernet=True)
    assert network.switches == ("switch1", "switch2")
    assert network.names == ("a", "b", "c", "r", "far", "d")
    assert network.host("a").interfaces[0].addresses == ("198.51.100.1/29",)
    assert network.host("d").interfaces[0].addresses == ("198.51.100.5/29",)
    assert network.host("far").interfaces[0].addresses == ("198.51.100.10/30",)
    assert network.host("r").interfaces[1].name == "eth1"
    macs = [i.mac for host in network.hosts for i in host.interfaces]
    assert sorted(macs) == [f"02:00:00:00:00:0{n}" for n in range(1, 8)]
    assert walk(network, "a", "d") == ["a", "d"]
    assert walk(network, "d", "far") == ["d", "r", "far"]
    assert walk(network, "far", "c") == ["far", "r", "c"]


def test_routers_that_meet_in_a_switch() -> None:
    network = plan("a -- r1 -- switch1 -- r2 -- b; c -- r3 -- switch1", ethernet=True)
    assert walk(network, "a", "c") == ["a", "r1", "r3", "c"]
    assert walk(network, "b", "a") == ["b", "r2", "r1", "a"]


def test_ipv6_comes_beside_ipv4() -> None:
    network = plan(CHAIN, ipv6=True)
    alice = network.host("alice")
    assert alice.interfaces[0].addresses == ("198.51.100.1/30", "2001:db8:0:1::1/64")
    assert [(r.to, r.via) for r in alice.routes] == [
        ("0.0.0.0/0", "198.51.100.2"),
        ("::/0", "2001:db8:0:1::2"),
    ]
    assert walk(network, "alice", "bob", 6) == ["alice", "r1", "r2", "bob"]


def test_given_subnets_and_addresses() -> None:
    network = plan(
        CHAIN,
        addresses={
            "r1 -- alice": ["10.0.1.0/24", "fd00:1::/64"],
            "bob": "10.0.2.1/28",
            "r1 -- r2": "198.51.100.0/29",
        },
    )
    assert addresses(network) == {
        "alice": ("10.0.1.1", "fd00:1::1"),
        "r1": ("10.0.1.2", "fd00:1::2", "198.51.100.1"),
        "r2": ("198.51.100.2", "10.0.2.2"),
        "bob": ("10.0.2.1",),
    }
    assert walk(network, "alice", "bob") == ["alice", "r1", "r2", "bob"]


def test_computed_subnets_keep_off_given_ones() -> None:
    given = {"r1 -- r2": "198.51.100.0/25", "alice -- r1": "2001:db8:0:2::/64"}
    network = plan(CHAIN, ipv6=True, addresses=given)
    assert network.host("alice").addresses == ("198.51.100.129", "2001:db8:0:2::1")
    assert network.host("r1").addresses[3] == "2001:db8:0:4::1"
    assert walk(network, "alice", "bob", 6) == ["alice", "r1", "r2", "bob"]


def test_given_routes_replace_computed_ones() -> None:
    network = plan(
        "a -- r1 -- r2 -- b; r1 -- r3 -- r2",
        ipv6=True,
        routes={"r1": {"198.51.100.8/30": "r3", "default": "r2"}, "b": {}},
    )
    assert [(r.to, r.via, r.interface) for r in network.host("r1").routes] == [
        ("198.51.100.8/30", "198.51.100.14", "tun2"),
        ("0.0.0.0/0", "198.51.100.6", "tun1"),
        ("::/0", "2001:db8:0:2::2", "tun1"),
    ]
    assert network.host("b").routes == ()
    assert walk(network, "a", "b") == ["a", "r1", "r3", "r2", "b"]


def test_conditions_of_all_links_of_one_and_of_one_direction() -> None:
    network = plan(
        CHAIN,
        mtu=1400,
        conditions=Conditions(delay=0.005, seed=7),
        links={"r2 -- r1": {"delay": 0.1, "mtu": 576}, "r2 -> r1": {"loss": [3]}},
    )
    assert [link.mtu for link in network.links] == [1400, 576, 1400]
    assert {i.mtu for i in network.host("r2").interfaces} == {576, 1400}
    assert network.links[0].conditions == (Conditions(delay=0.005, seed=7),) * 2
    there, back = network.links[1].conditions
    assert there == Conditions(delay=0.1, seed=7)
    assert back == Conditions(delay=0.1, seed=7, loss=(3,))


def test_links_and_directions_by_name() -> None:
    network = plan(CHAIN)
    assert network.link("r2", "r1") == 1
    assert network.directions("alice -- r1") == [(0, 0), (0, 1)]
    assert network.directions("r1--alice") == [(0, 0), (0, 1)]
    assert network.directions("alice -> r1") == network.directions("r1<-alice") == [(0, 0)]
    assert network.directions("r1 -> alice") == network.directions("alice <- r1") == [(0, 1)]


def test_a_plan_goes_through_json() -> None:
    links = {"a -> switch1": {"loss": Burst(0.1, 0.5)}, "a <- switch1": {"reorder": [2]}}
    network = plan("a -- switch1 -- b", ethernet=True, links=links)
    sent = json.loads(json.dumps(network.as_json()))
    assert sent["hosts"][1] == {
        "name": "b",
        "router": False,
        "interfaces": [
            {
                "name": "eth0",
                "link": 1,
                "end": 1,
                "mac": "02:00:00:00:00:02",
                "mtu": 1500,
                "addresses": ["198.51.100.2/30"],
            }
        ],
        "routes": [],
    }
    assert (sent["ethernet"], sent["switches"]) == (True, ["switch1"])
    assert sent["links"][0]["ends"] == ["a", "switch1"]
    got = tuple(Conditions(**each) for each in sent["links"][0]["conditions"])
    assert got == network.links[0].conditions


@st.composite
def graphs(draw: st.DrawFn) -> str:
    """A connected network: each node joins an earlier one, and some more links."""
    count = draw(st.integers(2, 14))
    pairs = {(draw(st.integers(0, n - 1)), n) for n in range(1, count)}
    more = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    pairs |= {(min(p), max(p)) for p in draw(st.lists(more, max_size=10)) if p[0] != p[1]}
    return "; ".join(f"h{a} -- h{b}" for a, b in draw(st.permutations(sorted(pairs))))


@settings(deadline=None)
@given(graphs())
def test_every_host_reaches_every_host_by_the_fewest_links(text: str) -> None:
    network = plan(text, ipv6=True)
    walker = Walker(network)
    near: dict[str, set[str]] = {name: set() for name in network.names}
    for link in network.links:
        a, b = link.ends
        near[a].add(b)
        near[b].add(a)
    for start in network.names:
        away, reached = {start: 0}, [start]
        for name in reached:
            for far in near[name] - away.keys():
                away[far] = away[name] + 1
                reached.append(far)
        for goal in network.names:
            for version in (4, 6):
                links = len(walker.walk(start, goal, version)) - 1
                # a packet is for one of the goal's addresses, which may lie behind the goal
                assert away[goal] <= links <= away[goal] + 1


@settings(deadline=None)
@given(graphs())
def test_subnets_never_overlap_and_addresses_are_unique(text: str) -> None:
    network = plan(text)
    seen = [ip_interface(a) for h in network.hosts for i in h.interfaces for a in i.addresses]
    assert len({each.ip for each in seen}) == len(seen)
    subnets = sorted({each.network for each in seen})
    assert len(subnets) == len(network.links)
    assert not any(a.overlaps(b) for a, b in pairwise(subnets))


@pytest.mark.parametrize(
    "text",
    [
        " -- ".join(f"h{n}" for n in range(100)),
        "\n".join(f"h{n} -- centre" for n in range(99)),
        "\n".join(f"h{n} -- switch1" for n in range(100)),
    ],
    ids=["chain", "star", "switch"],
)
def test_a_hundred_hosts_are_planned_at_once(text: str) -> None:
    taken = []
    for _ in range(5):
        began = time.process_time()
        network = plan(text, ethernet=True)
        taken.append(time.process_time() - began)
    assert min(taken) < 0.050
    assert walk(network, "h0", "h98")[-1] == "h98"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "expected a network such as 'alice -- r1 -- bob'; got an empty text"),
        ("alice", "'alice' has no link: expected a chain, such as 'alice -- bob'"),
        ("alice – bob", "'alice – bob' in 'alice – bob' is no name: .* with -- between"),
        ("a -> b", "'a -> b' in 'a -> b' is no name"),
        ("a -- ", "'' in 'a --' is no name"),
        ("9a -- b", "'9a' in '9a -- b' is no name: expected up to 15 letters"),
        ("é -- b", "is no name"),
        ("abcdefghijklmnop -- b", "is no name: expected up to 15 letters"),
        ("a -- a", "a -- a is a link from a to itself"),
        ("a -- b -- a", "b -- a is there twice"),
        ("a -- switch1", "switch1 is a switch, .* ask for ethernet=True"),
        (" -- ".join(f"h{n}" for n in range(101)), "101 hosts are too many: .* at most 100"),
        ("; ".join(f"h{n} -- g{m}" for n in range(12) for m in range(12)), "carry 128 links"),
    ],
)
def test_texts_that_are_no_network(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        plan(text)


@pytest.mark.parametrize(
    ("asked", "kind", "words"),
    [
        ({"mtu": 67}, ValueError, "mtu=67: expected a whole number of bytes from 68 to 65521"),
        ({"mtu": "1500"}, ValueError, "mtu='1500'"),
        ({"mtu": 1000, "ipv6": True}, ValueError, "mtu=1000 on alice -- r1 is too small: IPv6"),
        ({"links": {"alice -- bob": {}}}, LookupError, "no link alice -- bob; alice has .* r1"),
        (
            {"links": {"alice -- zoe": {}}},
            LookupError,
            "no 'zoe' in this network; it has alice, r1",
        ),
        ({"links": {"alice": {}}}, ValueError, "expected a link as 'alice -- r1'.*got 'alice'"),
        ({"links": {"alice -> r1": {"mtu": 600}}}, ValueError, "write 'alice -- r1', not"),
        ({"links": {"alice -> r1": {"los": 1}}}, TypeError, "no 'los'; it has mtu, delay"),
        ({"links": {"alice -> r1": {"loss": 2}}}, ValueError, "loss=2 is no probability"),
        ({"links": {"alice -> r1": 0.1}}, TypeError, "for 'alice -> r1', got 0.1"),
        ({"links": [1]}, TypeError, "expected a dict for links, such as .*; got"),
        (
            {"addresses": {"alice -- r1": "10.0.0.0/24", "r1 -- r2": "10.0.0.128/25"}},
            ValueError,
            "10.0.0.0/24 for alice -- r1 and 10.0.0.128/25 for r1 -- r2 overlap",
        ),
        ({"addresses": {"alice -- r1": "10.0.0.1/24"}}, ValueError, "write '10.0.0.0/24', or"),
        ({"addresses": {"alice": "10.0.0.0/24"}}, ValueError, "first or last .* 10.0.0.1/24"),
        ({"addresses": {"alice": "10.0.0.255/24"}}, ValueError, "first or last address"),
        ({"addresses": {"alice": "fd00::/64"}}, ValueError, "first or last address"),
        ({"addresses": {"alice": "10.0.0.1"}}, ValueError, "expected an address and the bits"),
        ({"addresses": {"alice": 5}}, ValueError, "expected an address and the bits"),
        ({"addresses": {"alice": "127.0.0.1/8"}}, ValueError, "expected unicast addresses"),
        ({"addresses": {"alice": "10.0.0.1/32"}}, ValueError, "room for 1 of 2 interfaces"),
        ({"addresses": {"r1": "10.0.0.1/24"}}, ValueError, "r1 has 2 interfaces"),
        ({"addresses": {"zoe": "10.0.0.1/24"}}, LookupError, "no host 'zoe' to give"),
        (
            {"addresses": {"alice -- r1": "10.0.1.0/24", "alice": "10.0.2.1/24"}},
            ValueError,
            "10.0.2.1/24 for 'alice' is not in 10.0.1.0/24, which alice -- r1 has already",
        ),
        ({"routes": {"zoe": {}}}, LookupError, "no host 'zoe' to give routes to"),
        ({"routes": {"r1": {"x": "r2"}}}, ValueError, "'x' in the routes of r1"),
        ({"routes": {"r1": {"10.0.0.1/8": "r2"}}}, ValueError, "expected a subnet"),
        ({"routes": {"r1": {"default": "bob"}}}, LookupError, "neighbours of r1 are alice, r2"),
        ({"routes": {"r1": {"::/0": "r2"}}}, ValueError, "ask for ipv6=True"),
        ({"routes": {"r1": "r2"}}, TypeError, "for r1, got 'r2'"),
    ],
)
def test_wishes_that_cannot_be_met(asked: dict, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        plan(CHAIN, **asked)


@pytest.mark.parametrize(
    ("text", "asked", "words"),
    [
        ("a -- switch1 -- switch2 -- switch3 -- switch1", {}, "switch1, .* form a loop"),
        ("a -- switch1 -- switch2 -- a", {}, "a has two links into one segment"),
        (
            "a -- switch1 -- b; c -- switch1",
            {"addresses": {"a -- switch1": "10.0.0.0/30"}},
            "room for 2 of 3 interfaces",
        ),
        (
            "a -- switch1 -- b",
            {"addresses": {"a": "10.0.0.5/24", "b": "10.0.0.5/24"}},
            "a, b have one address between them",
        ),
    ],
)
def test_switches_that_cannot_be(text: str, asked: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        plan(text, ethernet=True, **asked)


def test_who_is_not_there_is_named() -> None:
    network = plan("a -- switch1 -- b", ethernet=True)
    with pytest.raises(LookupError, match="no host 'c' in this network; it has a, b"):
        network.host("c")
    with pytest.raises(LookupError, match="switch1 is a switch"):
        network.host("switch1")
    with pytest.raises(TypeError, match="expected a network as text"):
        plan(3)  # type: ignore[arg-type]
