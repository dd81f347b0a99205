"""The pump: one thread that moves every packet, when the link model says so."""

from __future__ import annotations

import heapq
import os
import select
import sys
import threading
import time
import traceback
from typing import Any

from netlab.network.device import (
    ETHERNET,
    LARGEST,
    VNET,
    complete,
    is_counted,
    segments,
    set_offload,
)
from netlab.network.namespaces import precise_timers
from netlab.network.seen import Ring, Seen
from netlab.wire.model import Conditions, Link

SPIN = 150e-6  # seconds: the kernel wakes us late by about this much, so the rest is waited awake
TURN = 64  # packets read from one device before the others have their turn
COUNTS = ("seen", "delivered", "lost", "full", "duplicated", "reordered")
FATES = {"": 0, "lost": 1, "queue full": 2, "duplicated": 3, "reordered": 4}
MLD_ROUTERS = bytes.fromhex("ff020000000000000000000000000016")  # RFC 9777 section 5.2.14
_now = time.perf_counter


class Way:
    """One direction of one link: its model, what it counted, and where it leads."""

    def __init__(self, link: int, direction: int, name: str, conditions: Conditions) -> None:
        self.link = link
        self.direction = direction
        self.name = name  # "alice -> r1", which is also what the model's draws hang on
        self.counts = dict.fromkeys(COUNTS, 0)
        self.source = self.target = -1  # devices at the near and the far end
        self.switch: Switch | None = None  # at the far end, instead of a device
        self.back: Way  # the other direction
        self.latest = 0.0  # when the last packet that keeps its order leaves
        self.model = Link(conditions, name)
        self.change(conditions)

    def change(self, conditions: Conditions) -> None:
        self.model.change(conditions)
        self.delay = conditions.delay
        self.plain = self.model.plain


class Switch:
    """A learning switch: frames go where their address was last seen, or everywhere."""

    def __init__(self) -> None:
        self.ports: list[Way] = []  # the ways out
        self._known: dict[bytes, Way] = {}

    def ways(self, data: bytes, came: Way) -> list[Way]:
        target, source = data[VNET : VNET + 6], data[VNET + 6 : VNET + 12]
        if not source[0] & 1:
            self._known[source] = came.back
        if not target[0] & 1 and (known := self._known.get(target)):
            return [] if known is came.back else [known]
        return [way for way in self.ports if way is not came.back]


class Pump:
    """Reads the devices, asks the model, and writes to the far ends in time."""

    def __init__(self, ways: list[Way], ethernet: bool) -> None:
        self.ways = ways
        self.ring = Ring(len(ways) // 2)
        self._ethernet = ethernet
        self._ip = VNET + ETHERNET * ethernet  # where the IP header starts
        self._flying: list[tuple[float, int, Way, bytes, Seen, bool, bool]] = []
        self._number = 0  # keeps the order of packets that leave at the same moment
        self._sources = {way.source: way for way in ways if way.source >= 0}
        self._ready = select.epoll()
        self._asked = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._caught_up = threading.Event()
        self.choose_offload()

    def choose_offload(self) -> None:
        """Large pieces where nothing treats packets one by one; a switch may lead to such a way."""
        switched = any(way.switch for way in self.ways)
        all_plain = all(way.plain for way in self.ways)
        for device, way in self._sources.items():
            set_offload(device, all_plain if switched else way.plain)

    def start(self) -> None:
        """Forget what the kernel said while the devices came up, and watch them from now on."""
        for device in self._sources:
            while self._read(device):
                pass
            self._ready.register(device, select.EPOLLIN)
        self._ready.register(self._asked, select.EPOLLIN)

    def catch_up(self) -> None:
        """Return once every device that had something to read has been read."""
        self._caught_up.clear()
        os.eventfd_write(self._asked, 1)
        self._caught_up.wait(1.0)

    def run(self) -> None:
        try:
            precise_timers()
            self._run()
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)  # a network without its pump would only look alive

    def in_flight_until(self) -> float:
        """When the last packet under way will leave its link (perf_counter seconds)."""
        return max((entry[0] for entry in list(self._flying)), default=0.0)

    def _run(self) -> None:
        flying, poll = self._flying, self._ready.poll
        while True:
            now = _now()
            while flying and flying[0][0] <= now:
                _, _, way, data, seen, counted, again = heapq.heappop(flying)
                self._leave(way, data, seen, counted, again)
            wait = flying[0][0] - _now() - SPIN if flying else None
            if wait is None or wait > 0:
                select.select([self._ready], [], [], wait)  # poll rounds to milliseconds
            ready, more = [device for device, _ in poll(0)], False
            for device in ready:
                if device == self._asked:
                    continue
                way = self._sources[device]
                for _ in range(TURN):
                    if not (data := self._read(device)):
                        break
                    self._enter(way, complete(data))
                else:
                    more = True
            if self._asked in ready and not more:
                os.eventfd_read(self._asked)
                self._caught_up.set()

    def _read(self, device: int) -> bytes:
        try:
            return os.read(device, LARGEST)
        except OSError:  # BlockingIOError: all read. Else the device is down just now
            return b""

    def _enter(self, way: Way, data: bytes) -> None:
        now = _now()
        counted = is_counted(data, self._ethernet)
        if not counted and data[self._ip + 24 : self._ip + 40] == MLD_ROUTERS:
            return  # no multicast router is here to hear it, and an idle link should be silent
        seen = Seen(now, way.link, way.direction, data)
        self.ring.add(seen)
        if counted:
            way.counts["seen"] += segments(data)
        times: tuple[float, ...] = (now + way.delay,)
        why = ""
        if counted and not way.plain:
            times, why = way.model.packet(now, len(data) - self._ip)
            seen.fate = FATES[why]
            if why:
                way.counts["full" if why == "queue full" else why] += 1
        if counted and not why:  # nobody overtakes because conditions have changed
            way.latest = max(way.latest, times[0])
            times = (way.latest,)
        if times and times[0] <= now:
            self._leave(way, data, seen, counted)
            return
        for number, moment in enumerate(times):
            self._fly(moment, way, data, seen, counted, number > 0)

    def _fly(
        self, moment: float, way: Way, data: bytes, seen: Seen, counted: bool, again: bool = False
    ) -> None:
        self._number += 1
        entry = (moment, self._number, way, data, seen, counted, again)
        heapq.heappush(self._flying, entry)

    def _leave(self, way: Way, data: bytes, seen: Seen, counted: bool, again: bool = False) -> None:
        if again:
            seen.leaves2 = _now()
        else:
            seen.leaves = _now()
        if counted:
            way.counts["delivered"] += segments(data)
        if way.switch:
            for onward in way.switch.ways(data, way):
                self._enter(onward, data)
            return
        try:
            os.write(way.target, data)
        except OSError:  # the learner may take a device down: the packet is gone, as on a cut wire
            pass


def counters(ways: list[Way]) -> list[dict[str, Any]]:
    return [{"link": way.link, "direction": way.direction, **way.counts} for way in ways]
