"""A ping without an end over a way that can be changed: a relay, or a network of its own."""

from __future__ import annotations

import weakref
from contextlib import ExitStack
from dataclasses import asdict
from typing import Any

from netlab.background.cells import no_cell
from netlab.background.child import Child
from netlab.background.closing import Closing
from netlab.network.network import Network
from netlab.samples import Sample
from netlab.servers.builtin import EchoServer
from netlab.wire.model import Conditions
from netlab.wire.relay import Relay

RELAY, ROOTLESS = "relay: delays bytes, not packets", "rootless network"
SIZE = 64  # bytes of a message
INTERVAL = 0.0125  # seconds between messages: p99 needs 1000, which takes 12.5 s
LATE = 2.0  # seconds after which nobody waits for a reply
QUEUE = 4000  # bytes: a full link recovers in a second or two once its rate is raised
HEADERS = 40  # bytes of IPv4 and TCP, the least that a real packet carries besides


class Pinging(Closing):
    """An echo server, a way to it, and a child process that pings; all of them its own.

    network: over the rootless network, else through a relay. Raises OSError where that cannot run.
    """

    def __init__(self, conditions: Conditions, *, network: bool = False) -> None:
        self._read = 0
        self._stack = ExitStack()
        asked = _asked(conditions)
        with no_cell():
            try:
                self._way: Relay | Network
                if network:
                    net = self._way = self._stack.enter_context(Network("here -- there", **asked))
                    server = self._stack.enter_context(EchoServer(host=net["there"]))
                    sock = self._stack.enter_context(net["here"].connect(server))
                    where, given = server.address, [sock.fileno()]
                else:
                    server = self._stack.enter_context(EchoServer())
                    self._way = self._stack.enter_context(Relay(server, **asked))
                    where, given = self._way.address, []
                self._child = Child("probe")
                self._stack.callback(self._child.close)  # the first to end: nobody asks any more
                self._child.call(
                    "start",
                    descriptors=given,
                    address=where,
                    label="the echo server",
                    size=SIZE,
                    interval=INTERVAL,
                    patience=LATE,
                )
            except BaseException:
                self._stack.close()
                raise
        weakref.finalize(self, self._child.close)

    def change(self, conditions: Conditions) -> None:
        """What leaves from now on meets these."""
        self._way.change(**_asked(conditions))

    def read(self) -> tuple[float, list[Sample]]:
        """When the first was due (perf_counter, s), and the round trips settled since last asked.

        Raises ConnectionError if the ping broke off.
        """
        reply = self._child.call("read", first=self._read)
        rows = [Sample(*row) for row in reply["rows"]]
        self._read += len(rows)
        if reply["failed"]:
            raise ConnectionError(f"{reply['failed'][0]} Press Start to begin again.")
        return reply["start"], rows

    def close(self) -> None:
        """End all of it."""
        self._stack.close()

    @property
    def pids(self) -> list[int]:
        """The child processes that are its alone (the servers' child is everybody's)."""
        way: Any = self._way
        child = way._child if isinstance(way, Relay) else way.live._child
        return [self._child.pid, child.pid]


def least(conditions: Conditions, vehicle: str) -> float:
    """The shortest round trip (s) that these conditions allow: nothing may be earlier."""
    size = SIZE + (HEADERS if vehicle == ROOTLESS else 0)
    on_the_wire = 8 * size / conditions.rate if conditions.rate else 0.0
    return 2 * (conditions.delay - conditions.jitter + on_the_wire)


def _asked(conditions: Conditions) -> dict[str, Any]:
    return {name: asdict(conditions)[name] for name in ("delay", "jitter", "rate", "queue")}
