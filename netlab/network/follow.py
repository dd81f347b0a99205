"""Following what a trace saw: TCP connections, and each packet's way over several links."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from netlab.packets import ICMP, ICMPv6, Packet, Relative

if TYPE_CHECKING:
    from netlab.network.rows import Seen

VOLATILE = re.compile(r"(?<=TCP|UDP) \d+ → \d+| id=\d+| of packet \d+")  # differs on every run
ASIDE = re.compile(r" tell .*|(?<=seq=\d) \d+ bytes?$|^ICMP(v6)? (?=echo)")  # no room on an arrow


class Segment(NamedTuple):
    """A TCP segment as part of its connection: numbers from 0, the SYN's; size in bytes of data.

    again: its link has carried these bytes (or this SYN or FIN) before. answers: it is the first
    to acknowledge a SYN or FIN.
    """

    connection: int
    sequence: int
    acknowledgment: int
    size: int
    flags: frozenset[str]
    again: bool
    answers: bool

    @property
    def plain(self) -> bool:
        """Only carries data or acknowledges: neither opens nor ends the connection."""
        return not (self.flags & {"SYN", "FIN", "RST"} or self.again or self.answers)

    def __str__(self) -> str:
        flags = [flag for flag in ("SYN", "FIN", "RST") if flag in self.flags]
        if self.size:
            said = ", ".join(
                [f"{self.size} byte{'s' * (self.size != 1)}  seq {self.sequence}", *flags]
            )
        elif flags:
            said = ", ".join([*flags, *["ACK"] * ("ACK" in self.flags)])
        else:
            said = f"ACK {self.acknowledgment}"
        return "again: " * self.again + said


@dataclass
class Journey:
    """One packet's way: each link that it was seen on, in order. A switch may send it on twice."""

    hops: list[Seen]
    label: str
    kind: str  # "TCP", "ICMP Echo Request", ...
    segment: Segment | None
    way: list[tuple[str, str]] = field(default_factory=list)

    @property
    def start(self) -> float:
        """When it set out (s)."""
        return self.hops[0].time

    @property
    def ends(self) -> tuple[str, str]:
        """Where it was first seen and where it was sent last."""
        return self.hops[0].source, self.hops[-1].target

    @property
    def fate(self) -> str:
        """What became of it: the first trouble on its way, or ""."""
        return next((hop.fate for hop in self.hops if hop.fate), "")

    @property
    def plain(self) -> bool:
        """Nothing that one would want to see among a thousand like it."""
        return not self.fate and (self.segment is None or self.segment.plain)


class Follow:
    """What can be said of the packets of one trace only by looking at all of them, in order."""

    def __init__(self, first: str) -> None:
        self.first = first
        self.seen: list[Seen] = []

    @cached_property
    def segments(self) -> dict[int, Segment]:
        """For each TCP packet, by its number in the trace."""
        found: dict[int, Segment] = {}
        current: dict[frozenset[tuple[str, int]], tuple[int, int, Relative]] = {}
        carried: dict[tuple[int, str, str, str], list[tuple[int, int]]] = defaultdict(list)
        awaited: dict[tuple[int, str, str, str], set[int]] = defaultdict(set)
        count = 0
        for seen in self.seen:
            packet = seen.packet
            tcp, ip = packet.tcp, packet.ip
            if tcp is None or ip is None:
                continue
            ends = frozenset({(ip.source, tcp.source_port), (ip.destination, tcp.destination_port)})
            opens = tcp.syn and not tcp.ack
            if ends not in current or (opens and current[ends][1] != tcp.sequence_number):
                count += 1
                current[ends] = (count, tcp.sequence_number if opens else -1, Relative())
            number, _, relative = current[ends]
            sequence, acknowledgment = relative.numbers(packet)
            size = len(packet.payload) + seen.length - len(seen.data)
            until = sequence + size + tcp.syn + tcp.fin
            way = number, seen.source, seen.target, ip.source
            lane = carried[way]
            again = sequence < until and any(a <= sequence < b for a, b in lane)
            if lane and lane[-1][1] == sequence:
                lane[-1] = (lane[-1][0], until)  # in order, as most are: the list stays short
            elif sequence < until:
                lane.append((sequence, until))
            flags = frozenset(tcp.flags.split(", "))
            answers = "ACK" in flags and acknowledgment in awaited[way]
            awaited[way].discard(acknowledgment)
            if tcp.syn or tcp.fin:
                awaited[number, seen.target, seen.source, ip.destination].add(until)
            found[seen.number] = Segment(
                number, sequence, acknowledgment, size, flags, again, answers
            )
        return found

    def words(self, seen: Seen) -> str:
        """A packet in one line without what differs from run to run."""
        segment, packet = self.segments.get(seen.number), seen.packet
        if segment is None or packet.tcp is None:
            return VOLATILE.sub("", packet.summary())
        said = f"TCP {packet.tcp.flags} seq={segment.sequence}"
        if "ACK" in segment.flags:
            said += f" ack={segment.acknowledgment}"
        return said + f" {segment.size} byte{'s' * (segment.size != 1)}" * (segment.size > 0)

    def journeys(self, some: Iterable[Seen]) -> list[Journey]:
        """The packets among `some`, each once however many links it was seen on."""
        waiting: dict[tuple[str, int], list[Journey]] = defaultdict(list)
        found = []
        for seen in some:
            same, hop = _same(seen.data, self.first), (seen.source, seen.target)
            for journey in waiting[seen.source, same]:
                if hop not in journey.way or journey.hops[-1].fate == "duplicated":
                    break
            else:
                journey = self._journey(seen)
                found.append(journey)
            if journey.way:
                journey.hops.append(seen)
            journey.way.append(hop)
            waiting[seen.target, same].append(journey)
        return found

    def _journey(self, seen: Seen) -> Journey:
        segment = self.segments.get(seen.number)
        if segment is not None:
            return Journey([seen], str(segment), "TCP", segment)
        label = ASIDE.sub("", self.words(seen))
        return Journey([seen], label, _kind(seen.packet), None)


def ways(journeys: Sequence[Journey]) -> dict[str, str]:
    """From each sender to where its packets go, if they arrive: alice → bob."""
    known = {j.ends[0]: j.ends for j in journeys}
    known |= {j.ends[0]: j.ends for j in journeys if not j.fate}
    return {source: " → ".join(ends) for source, ends in known.items()}


def _kind(packet: Packet) -> str:
    """What a packet that is not TCP is, without its details."""
    headers = list(packet)
    last = headers[-1] if headers else None
    if isinstance(last, ICMP | ICMPv6):
        return f"{last.NAME} {last.what}"
    return last.NAME if last else "packet"


def _same(data: bytes, first: str) -> int:
    """A number equal for copies of a packet on different links: without frame, TTL, checksum."""
    ip = 14 if first == "ethernet" else 0
    if len(data) < ip + 20 or (ip and data[12:14] not in (b"\x08\x00", b"\x86\xdd")):
        return hash(data)
    if data[ip] >> 4 == 4:
        return hash(data[ip + 2 : ip + 8] + data[ip + 9 : ip + 10] + data[ip + 12 :])
    return hash(data[ip + 4 : ip + 7] + data[ip + 8 :])
