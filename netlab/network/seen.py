"""What the links saw: the newest packets, bounded, and the rows that carry them to the notebook."""

from __future__ import annotations

import os
import struct
import time
from collections import deque

from netlab.network.device import VNET, segment_size

KEPT_PACKETS = 200_000
KEPT_BYTES = 64 * 1024 * 1024
ROW = struct.Struct("<QQQHBBIIH")
_OFFSET = time.time() - time.perf_counter()  # one for all rows: their distances stay true
_PIECES = 1000  # buffers in one write; the system allows 1024


class Seen:
    """One packet on one link: moments in perf_counter seconds, 0 for never."""

    __slots__ = ("arrived", "data", "direction", "fate", "leaves", "leaves2", "link")

    def __init__(self, arrived: float, link: int, direction: int, data: bytes) -> None:
        self.arrived = arrived
        self.leaves = self.leaves2 = 0.0
        self.link = link
        self.direction = direction
        self.fate = 0
        self.data = data

    def row(self) -> bytes:
        size = len(self.data) - VNET
        moments = _clock(self.arrived), _clock(self.leaves), _clock(self.leaves2)
        where = self.link, self.direction, self.fate
        return ROW.pack(*moments, *where, size, size, segment_size(self.data))


class Ring:
    """Keeps the newest packets, and counts by link those that were too many."""

    def __init__(self, links: int) -> None:
        self.not_kept = [0] * links
        self.newest = 0.0  # when a packet was last seen
        self._packets: deque[Seen] = deque()
        self._bytes = 0

    def add(self, packet: Seen) -> None:
        self.newest = packet.arrived
        self._packets.append(packet)
        self._bytes += len(packet.data)
        while self._bytes > KEPT_BYTES or len(self._packets) > KEPT_PACKETS:
            oldest = self._packets.popleft()
            self._bytes -= len(oldest.data)
            self.not_kept[oldest.link] += 1

    def rows(self, links: set[int]) -> tuple[int, int]:
        """A memory file of the rows of these links, and how many there are."""
        packets = [packet for packet in list(self._packets) if packet.link in links]
        file = os.memfd_create("netlab trace")
        for first in range(0, len(packets), _PIECES // 2):
            pieces: list[bytes | memoryview] = []
            for packet in packets[first : first + _PIECES // 2]:
                pieces += packet.row(), memoryview(packet.data)[VNET:]
            _write(file, pieces)
        os.lseek(file, 0, os.SEEK_SET)
        return file, len(packets)


def _write(file: int, pieces: list[bytes | memoryview]) -> None:
    if os.writev(file, pieces) != sum(map(len, pieces)):
        raise OSError("no memory is left to hand over a trace")


def _clock(moment: float) -> int:
    """Nanoseconds of CLOCK_REALTIME."""
    return round((moment + _OFFSET) * 1e9) if moment else 0
