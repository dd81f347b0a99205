"""The relay's child for UDP: one thread that reads, asks the link model, and sends in time."""

from __future__ import annotations

import heapq
import os
import select
import socket
import threading
from time import perf_counter as _now

from netlab.background.listener import LOOPBACK
from netlab.background.log import Journal
from netlab.wire.model import Conditions, Link

SPIN = 0.02 if os.name == "nt" else 200e-6  # seconds: select wakes this late, so wait awake
TURN = 64  # datagrams read from one socket before the others have their turn
ROOM = 4 * 1024 * 1024  # bytes asked for each receive buffer; the system may give less
CLIENTS = 200  # at once; one more, and the oldest is forgotten
LARGEST = 65_536

Address = tuple[str, int]


class Way:
    """One direction of the relay: its link, and its name, which the model's draws hang on."""

    def __init__(self, name: str, conditions: Conditions) -> None:
        self.name = name
        self.link = Link(conditions, name)
        self.change(conditions)

    def change(self, conditions: Conditions) -> None:
        """New conditions; the next datagram is number 1."""
        self.link.change(conditions)
        self.plain, self.delay = self.link.plain, conditions.delay
        self.count = 0
        self.latest = 0.0  # when the last datagram that keeps its order leaves


class Client:
    """Who sends through the relay; the target answers to a socket of its own for each."""

    def __init__(self, number: int, address: Address, target: Address) -> None:
        self.number, self.address = number, address
        family = socket.AF_INET6 if ":" in target[0] else socket.AF_INET
        self.far = _roomy(socket.socket(family, socket.SOCK_DGRAM))
        self.far.connect(target)


class UdpRelay:
    """Passes every datagram on to `target`, and every answer back to who asked.

    All clients share one link each way: its rate, its queue, and the numbers of its datagrams.
    """

    def __init__(self, host: str, target: Address, conditions: Conditions) -> None:
        self.journal = Journal()
        self._target = target
        self._near = _roomy(socket.socket(LOOPBACK[host], socket.SOCK_DGRAM))
        self._near.bind((host, 0))
        self.address: Address = self._near.getsockname()[:2]
        self._there, self._back = Way("there", conditions), Way("back", conditions)
        self._asked: Conditions | None = None
        self._clients: dict[Address, Client] = {}
        self._by_socket: dict[socket.socket, Client] = {}
        self._watched = [self._near]
        self._newcomers = 0
        self._flying: list[tuple[float, int, Way, Client, bytes]] = []
        self._order = 0  # keeps datagrams in order that leave at the same moment
        threading.Thread(target=self._run, daemon=True, name="netlab udp relay").start()

    def change(self, conditions: Conditions) -> None:
        """New conditions, for datagrams that are sent from now on."""
        self._asked = conditions

    def _run(self) -> None:
        flying = self._flying
        while True:
            while flying and flying[0][0] <= _now():
                _, _, way, client, data = heapq.heappop(flying)
                self._leave(way, client, data)
            wait = max(0.0, flying[0][0] - _now() - SPIN) if flying else None
            ready, _, _ = select.select(self._watched, [], [], wait)
            if self._asked:  # here: what was sent after change() had returned is not read yet
                self._there.change(self._asked)
                self._back.change(self._asked)
                self._asked = None
            for sock in ready:
                if sock is self._near:
                    self._read_near()
                elif asker := self._by_socket.get(sock):  # else it was forgotten just now
                    self._read_far(asker)

    def _read_near(self) -> None:
        receive, clients = self._near.recvfrom, self._clients
        for _ in range(TURN):
            try:
                data, address = receive(LARGEST)
            except BlockingIOError:
                return
            except OSError:  # Windows tells of an earlier datagram that found nobody
                continue
            client = clients.get(address) or self._admit(address)
            self._enter(self._there, client, data)

    def _read_far(self, client: Client) -> None:
        receive = client.far.recv
        for _ in range(TURN):
            try:
                data = receive(LARGEST)
            except BlockingIOError:
                return
            except OSError as error:
                self._unreachable(client, error)
                continue
            self._enter(self._back, client, data)

    def _admit(self, address: Address) -> Client:
        if len(self._clients) >= CLIENTS:
            oldest = self._clients.pop(next(iter(self._clients)))
            del self._by_socket[oldest.far]
            oldest.far.close()
        self._newcomers += 1
        client = Client(self._newcomers, address, self._target)
        self._clients[address] = self._by_socket[client.far] = client
        self._watched = [self._near, *self._by_socket]
        return client

    def _enter(self, way: Way, client: Client, data: bytes) -> None:
        arrival = _now()
        way.count += 1
        times: tuple[float, ...] = (arrival + way.delay,)
        why = ""
        if not way.plain:
            times, why = way.link.packet(arrival, len(data))
            if why:
                note = f"datagram {way.count} on the way {way.name}: {why}"
                self.journal.add(client.number, client.address[:2], note)
        if not why:  # nobody overtakes because conditions have changed
            way.latest = max(way.latest, times[0])
            times = (way.latest,)
        for moment in times:
            if moment <= arrival and not self._flying:
                self._leave(way, client, data)
                continue
            self._order += 1
            heapq.heappush(self._flying, (moment, self._order, way, client, data))

    def _leave(self, way: Way, client: Client, data: bytes) -> None:
        try:
            if way is self._there:
                client.far.send(data)
            else:
                self._near.sendto(data, client.address)
        except OSError as error:  # nobody there, or no room: datagrams get lost
            if way is self._there:
                self._unreachable(client, error)

    def _unreachable(self, client: Client, error: OSError) -> None:
        note = f"target unreachable: {type(error).__name__}"
        self.journal.add(client.number, client.address[:2], note)


def _roomy(sock: socket.socket) -> socket.socket:
    """That never blocks, and with room for a burst: what dies here was not asked for."""
    sock.setblocking(False)
    for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
        try:
            sock.setsockopt(socket.SOL_SOCKET, option, ROOM)
        except OSError:  # macOS refuses what Linux cuts down
            sock.setsockopt(socket.SOL_SOCKET, option, ROOM // 16)
    return sock
