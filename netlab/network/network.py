"""Network: hosts and links in words, live without root, or played back from a recording."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from netlab.background import cells
from netlab.background.closing import Closing
from netlab.background.tape import LIVE, Tape
from netlab.network.available import Availability, available
from netlab.network.host import Host
from netlab.network.live import Live
from netlab.network.plan import Plan
from netlab.network.player import Player
from netlab.network.recorder import Recorder
from netlab.network.sockets import Sockets
from netlab.network.topology import changed, plan
from netlab.network.trace import Trace
from netlab.wire.model import Conditions

if TYPE_CHECKING:
    from netlab.charts import Chart

RECORD = "NETLAB_RECORD"  # the environment variable that `make record` sets


class Network(Closing):
    """Hosts, and links between them: kernel TCP/IP on each host, no root, no container.

    topology: chains of names such as "alice -- r1 -- bob"; several go on lines of their own. A
    name with two links is a router. Conditions hold for every link, each way: delay, jitter
    (seconds), rate (bit/s), queue (bytes), loss, duplicate, reorder (probabilities, or lists of
    packet numbers), seed. links={"alice -- r1": {"delay": 0.1}, "r1 -> alice": {"loss": [3]}}
    says otherwise for some. ethernet=True: frames, ARP, and nodes named switch...; ipv6=True:
    IPv6 addresses too; mtu: bytes. addresses and routes are worked out where none are given.
    recording: a file to play where the live network cannot run. Raises ValueError, TypeError, and
    OSError, which says why it cannot run here.

        with Network("alice -- r1 -- bob", delay=0.010) as net: net["alice"].run(["ip", "route"])
    """

    def __init__(
        self,
        topology: str,
        *,
        ethernet: bool = False,
        ipv6: bool = False,
        mtu: int = 1500,
        links: Mapping[str, Mapping[str, Any]] | None = None,
        addresses: Mapping[str, str] | None = None,
        routes: Mapping[str, Mapping[str, str]] | None = None,
        recording: str | os.PathLike[str] | None = None,
        **conditions: Any,
    ) -> None:
        planned = plan(
            topology,
            ethernet=ethernet,
            ipv6=ipv6,
            mtu=mtu,
            conditions=changed(Conditions(), conditions),
            links=links,
            addresses=addresses,
            routes=routes,
        )
        self._begin(planned, Path(recording) if recording is not None else None)

    @classmethod
    def play(cls, recording: str | os.PathLike[str]) -> Self:
        """The network of a recording: the same hosts and methods, and the results of then."""
        network = object.__new__(cls)
        player = Player(Path(recording))
        network._set(Plan.from_json(player.plan), player)
        return network

    @staticmethod
    def available() -> Availability:
        """Whether the live network runs on this machine; shown, it says why not, and the cure."""
        return available()

    def _begin(self, planned: Plan, recording: Path | None) -> None:
        able = available()
        if able:
            tape: Tape = LIVE
            if recording is not None and os.environ.get(RECORD):
                tape = Recorder(recording, planned.as_json())
            self._set(planned, tape)
            return
        if recording is None or not recording.exists():
            missing = f", and there is no recording {recording}" if recording is not None else ""
            cure = f". What would enable it: {able.cure}" if able.cure else ""
            raise OSError(f"the live network cannot run here: {able.reason}{missing}{cure}")
        player = Player(recording)
        if Plan.from_json(player.plan) != planned:
            raise ValueError(
                f"{recording} is of another network: expected {Plan.from_json(player.plan)}; got "
                f"{planned}. The live network cannot run here: {able.reason}"
            )
        self._set(planned, player)

    def _set(self, planned: Plan, tape: Tape) -> None:
        self.plan, self.tape, self.running = planned, tape, True
        self._conditions = [list(link.conditions) for link in planned.links]
        self._enter(tape)
        self.live = None if tape.playing else Live(planned)
        if self.live is not None:
            weakref.finalize(self, self.live.close)
        self._ports: list[tuple[str, int]] = []  # that kernels chose, as Sockets names them
        self._hosts = {host.name: Host(self, host) for host in planned.hosts}
        cells.adopt(self)

    # -- what there is ----------------------------------------------------------------------------

    @property
    def vehicle(self) -> str:
        """What its packets are: "rootless network", or "recorded on Linux 6.18"."""
        return getattr(self.tape, "vehicle", "rootless network")

    @property
    def hosts(self) -> list[Host]:
        """All hosts and routers, in the order of the topology."""
        return list(self._hosts.values())

    def __getitem__(self, name: str) -> Host:
        if name not in self._hosts:
            raise KeyError(f"no host {name!r} in this network; it has {', '.join(self._hosts)}")
        return self._hosts[name]

    def __iter__(self) -> Iterator[Host]:
        return iter(self.hosts)

    def topology(self, ax: Any = None) -> Chart:
        """The network as a picture: hosts, addresses, links and their conditions."""
        from netlab.charts import topology

        return topology(self._now(), vehicle=self.vehicle, ax=ax)

    def trace(self, *between: str, quiet: float = 0.1) -> Trace:
        """The packets seen so far on the links between two hosts, or on all links.

        net.trace("alice", "r1") is one link, net.trace("alice", "bob") every link on the way. It
        first waits until nothing has moved for `quiet` seconds, so that a late ACK is in.
        """
        links = self.plan.path(*between) if between else list(range(len(self.plan.links)))
        noted = self.tape.call(
            "network", "trace", [*between], lambda: self._read_trace(links, quiet).as_json()
        )
        return Trace.from_json(noted, vehicle=self.vehicle)

    def sockets(self, *hosts: str, port: int | None = None, quiet: float = 0.1) -> Sockets:
        """The TCP sockets of these hosts, or of all: state and queues, as their kernels see them.

        port: only those with this port at one of their ends. It first waits until nothing has
        moved for `quiet` seconds, as `trace` does.
        """
        chosen = [self[name].name for name in hosts] or [host.name for host in self.hosts]
        noted = self.tape.call(
            "network", "sockets", chosen, lambda: self._ask_sockets(chosen, quiet)
        )
        names = {address: host.name for host in self.hosts for address in host.addresses}
        return Sockets.from_json(noted, names, self._ports).at(port)

    # -- what changes -----------------------------------------------------------------------------

    def change(self, where: str | None = None, **conditions: Any) -> None:
        """Change conditions while it runs: of all links, of "alice -- r1", or of "alice -> r1".

        Packets are numbered anew from here: change("alice -> r1", loss=[3]) drops the third.
        """
        every = [(n, way) for n in range(len(self.plan.links)) for way in (0, 1)]
        chosen = every if where is None else self.plan.directions(where)
        fresh = {(n, way): changed(self._conditions[n][way], conditions) for n, way in chosen}
        before = [list(pair) for pair in self._conditions]
        for (n, way), new in fresh.items():
            self._conditions[n][way] = new
        try:
            self._enter(self.tape)
            if self.live is not None:
                for (n, way), new in fresh.items():
                    self.live.ask("change", link=n, direction=way, conditions=asdict(new))
        except BaseException:
            self._conditions = before
            raise

    def close(self) -> None:
        """End every program and connection of its hosts; calling it again does nothing."""
        self._stop()

    def _stop(self) -> None:
        if not self.running:
            return
        self.running = False
        self.tape.close()
        if self.live is not None:
            self.live.close()

    # -- how it shows itself ----------------------------------------------------------------------

    def __repr__(self) -> str:
        state = "running" if self.running else "closed"
        return f"<Network of {', '.join(self._hosts)}, {state}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.topology()._repr_mimebundle_(include, exclude)

    def _enter(self, tape: Tape) -> None:
        if isinstance(tape, Recorder | Player):
            tape.enter([[asdict(way) for way in pair] for pair in self._conditions])

    def _now(self) -> Plan:
        """The plan with the conditions as they are now."""
        links = [
            replace(link, conditions=(there, back))
            for link, (there, back) in zip(self.plan.links, self._conditions, strict=True)
        ]
        return replace(self.plan, links=tuple(links))

    def _ask_sockets(self, hosts: list[str], quiet: float) -> Any:
        assert self.live is not None
        return self.live.ask("sockets", hosts=hosts, quiet=quiet)["sockets"]

    def _read_trace(self, links: list[int], quiet: float) -> Trace:
        assert self.live is not None
        rows, not_kept = self.live.rows(links, quiet)
        return Trace.from_rows(
            rows,
            ends=[link.ends for link in self.plan.links],
            first="ethernet" if self.plan.ethernet else "ip",
            not_kept=not_kept,
            vehicle=self.vehicle,
        )
