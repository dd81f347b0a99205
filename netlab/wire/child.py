"""The relay's child for TCP: accepts, connects to the target, and joins the two by two pipes."""

from __future__ import annotations

import socket
import threading
import time
from typing import Any

from netlab.background.listener import Listener, Peer
from netlab.background.log import Journal
from netlab.wire.datagrams import UdpRelay
from netlab.wire.model import Conditions, Link
from netlab.wire.pipe import Pipe, reset
from netlab.wire.trouble import Trouble


class TcpRelay(Listener):
    """Passes every connection on to `target`, under conditions that may change while it runs."""

    def __init__(
        self,
        host: str,
        target: tuple[str, int],
        conditions: Conditions,
        trouble: Trouble,
        handshake: bool = False,
    ) -> None:
        self._target = target
        self._handshake = handshake
        self._conditions = conditions
        self._trouble = trouble
        self._pipes: set[Pipe] = set()
        self._guard = threading.Lock()
        super().__init__(self._relay, host, Journal())

    def change(self, conditions: Conditions, trouble: Trouble) -> None:
        """New conditions, for bytes that arrive from now on."""
        with self._guard:
            self._conditions, self._trouble = conditions, trouble
            pipes = list(self._pipes)
        for pipe in pipes:
            pipe.link.conditions = conditions
            pipe.poke()

    def _relay(self, near: socket.socket, number: int, peer: Peer) -> None:
        began = time.perf_counter()
        near.settimeout(None)  # the two ends have their own limits; a relay only passes bytes on
        try:
            far = socket.create_connection(self._target, timeout=5.0)
        except OSError as error:
            self.journal.add(number, peer, f"target unreachable: {type(error).__name__}")
            reset(near)
            return
        far.settimeout(None)
        far.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def note(event: str) -> None:
            self.journal.add(number, peer, event)

        # a real client may send after one round trip, a real server after one and a half
        delay = self._conditions.delay if self._handshake else 0.0
        with self._guard:
            there = Pipe(
                near, far, Link(self._conditions), lambda: self._trouble, note, began + 2 * delay
            )
            back = Pipe(
                far, near, Link(self._conditions), lambda: self._trouble, note, began + 3 * delay
            )
            self._pipes |= {there, back}
        there.start()
        back.start()
        there.finished.wait()
        back.finished.wait()
        with self._guard:
            self._pipes -= {there, back}
        far.close()


def commands() -> dict[str, Any]:
    """What the kernel may ask of this child."""
    relays: list[TcpRelay | UdpRelay] = []

    def start(
        transport: str,
        host: str,
        target: list[Any],
        conditions: dict[str, Any],
        trouble: dict[str, Any],
        handshake: bool,
    ) -> dict[str, Any]:
        where, asked = (target[0], target[1]), Conditions(**conditions)
        relay: TcpRelay | UdpRelay
        if transport == "udp":
            relay = UdpRelay(host, where, asked)
        else:
            relay = TcpRelay(host, where, asked, Trouble(**trouble), handshake)
        relays.append(relay)
        return {"address": relay.address}

    def change(conditions: dict[str, Any], trouble: dict[str, Any]) -> None:
        (relay,) = relays
        if isinstance(relay, UdpRelay):
            relay.change(Conditions(**conditions))
        else:
            relay.change(Conditions(**conditions), Trouble(**trouble))

    def log() -> dict[str, Any]:
        return relays[0].journal.wire()

    return {"start": start, "change": change, "log": log}
