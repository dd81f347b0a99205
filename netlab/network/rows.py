"""One packet seen on a link, and the rows that carry many from the network's child and back."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from netlab.network.cut import cut
from netlab.network.follow import Follow
from netlab.packets import Packet, Pcap

ROW = struct.Struct("<QQQHBBIIH")  # as seen.py writes it; the bytes kept follow
FATES = ("", "lost", "queue full", "duplicated", "reordered")
Link = tuple[str, str]


@dataclass(frozen=True)
class Seen:
    """One packet on one link, as seen where it entered the link.

    number: its place in the whole trace, from 1. time: when it entered the link; left: when it
    arrived at the other end, None if it never did; again: when its second copy did (seconds
    since the trace began). source, target: the ends of the link, in the packet's direction.
    fate: "", "lost", "queue full", "duplicated" or "reordered". length: bytes on the wire.
    """

    number: int
    time: float
    left: float | None
    again: float | None
    source: str
    target: str
    fate: str
    length: int
    data: bytes
    follow: Follow = field(compare=False)

    @property
    def packet(self) -> Packet:
        """Its headers and payload; what cannot be read is in packet.error."""
        return Packet.parse(self.data, self.follow.first, strict=False)

    def __repr__(self) -> str:
        """One line, without the numbers that differ on every run."""
        fate = f"  [{self.fate}]" if self.fate else ""
        return f"{self.source} → {self.target}  {self.follow.words(self)}{fate}"


def unpack(
    rows: bytes, ends: Sequence[Link], first: str, began_ns: int | None
) -> tuple[list[Seen], list[Link], int]:
    """The packets in order of time, the links that they were seen on, and time 0.

    What the kernel handed over in one piece is cut into the segments that it stands for.
    """
    found, at = [], 0
    while at < len(rows):
        *where, length, kept, mss = ROW.unpack_from(rows, at)
        at += ROW.size + kept
        data = rows[at - kept : at]
        pieces = cut(data, first, mss) if mss and kept == length else []
        found += [(*where, len(piece), piece) for piece in pieces] or [(*where, length, data)]
    found.sort(key=lambda row: row[0])
    zero = began_ns if began_ns is not None else (found[0][0] if found else 0)
    follow = Follow(first)
    for number, row in enumerate(found, 1):
        *moments, link, back, fate, length, data = row
        time, left, again = ((ns - zero) / 1e9 if ns else None for ns in moments)
        source, target = ends[link][::-1] if back else ends[link]
        one = Seen(
            number, time or 0.0, left, again, source, target, FATES[fate], length, data, follow
        )
        follow.seen.append(one)
    used = {row[3] for row in found}
    links = [(a, b) for number, (a, b) in enumerate(ends) if number in used]
    return follow.seen, links, zero


def pack(some: Iterable[Seen], links: Sequence[Link], began_ns: int) -> bytes:
    """The rows of these packets; links by their place in `links`."""
    numbers = {link: number for number, link in enumerate(links)}
    rows = []
    for seen in some:
        link = seen.source, seen.target
        back = link not in numbers
        moments = (
            0 if moment is None else began_ns + round(moment * 1e9)
            for moment in (seen.time, seen.left, seen.again)
        )
        where = numbers[link[::-1] if back else link], back, FATES.index(seen.fate)
        rows += [ROW.pack(*moments, *where, seen.length, len(seen.data), 0), seen.data]
    return b"".join(rows)


def of_capture(pcap: Pcap) -> tuple[bytes, list[Link]]:
    """The rows of a capture, and its links: between each two addresses there is one."""
    links: dict[Link, int] = {}
    rows = []
    for record in pcap.records:
        source, target = _addresses(Packet.parse(record.data, pcap.first, strict=False))
        back = (target, source) in links
        link = links[target, source] if back else links.setdefault((source, target), len(links))
        moments = record.time_ns, record.time_ns, 0
        rows += [ROW.pack(*moments, link, back, 0, record.length, len(record.data), 0), record.data]
    return b"".join(rows), list(links)


def _addresses(packet: Packet) -> Link:
    """The names of sender and receiver as far as the packet itself knows them."""
    if packet.ip is not None:
        return packet.ip.source, packet.ip.destination
    if packet.arp is not None:
        return packet.arp.sender_ip, packet.arp.target_ip
    frame = packet.ethernet
    return (frame.source, frame.destination) if frame else ("sender", "receiver")
