"""Trace: the packets that a network's links saw."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from netlab.network import telling
from netlab.network.fold import Row, fold
from netlab.network.follow import Journey
from netlab.network.rows import Link, Seen, of_capture, pack, unpack
from netlab.packets import ARP, ICMP, TCP, UDP, ICMPv6, IPv4, IPv6, Record, read_pcap, write_pcap
from netlab.packets.pcap import ETHERNET, RAW

if TYPE_CHECKING:
    from netlab.charts import Chart

TRANSPORT: dict[str, tuple[type, ...]] = {"tcp": (TCP,), "udp": (UDP,), "icmp": (ICMP, ICMPv6)}
KINDS = TRANSPORT | {"arp": (ARP,), "ipv4": (IPv4,), "ipv6": (IPv6,)}


class Trace(Sequence[Seen]):
    """Packets seen on links, in order of time; never changes. A slice of it is a Trace.

    vehicle: where it comes from, such as "rootless network". links: the pairs of hosts that it
    saw packets between. not_kept: earlier packets that the network's bounded memory let go.
    began_ns: nanoseconds since 1970 at time 0.
    """

    def __init__(
        self,
        seen: Iterable[Seen],
        links: Sequence[Link],
        began_ns: int,
        not_kept: int,
        vehicle: str,
    ) -> None:
        self._seen = tuple(seen)
        self.links, self.began_ns = tuple(links), began_ns
        self.not_kept, self.vehicle = not_kept, vehicle

    @classmethod
    def from_rows(
        cls,
        rows: bytes,
        ends: Sequence[Link],
        first: str = "ip",
        began_ns: int | None = None,
        not_kept: int = 0,
        vehicle: str = "rootless network",
    ) -> Trace:
        """Read the rows that a network's child packs (seen.py).

        ends: of each link, by its number. first: "ip" or "ethernet". began_ns: time 0; left out,
        that is the first packet's. What the kernel handed over in one piece is cut into the
        segments that a network card would make of it.
        """
        seen, links, zero = unpack(rows, ends, first, began_ns)
        return cls(seen, links, zero, not_kept, vehicle)

    def _with(self, seen: Iterable[Seen]) -> Trace:
        return Trace(seen, self.links, self.began_ns, self.not_kept, self.vehicle)

    # -- a sequence -------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._seen)

    def __iter__(self) -> Iterator[Seen]:
        return iter(self._seen)

    @overload
    def __getitem__(self, which: int) -> Seen: ...
    @overload
    def __getitem__(self, which: slice) -> Trace: ...
    def __getitem__(self, which: int | slice) -> Seen | Trace:
        return self._with(self._seen[which]) if isinstance(which, slice) else self._seen[which]

    def __eq__(self, other: object) -> bool:
        return self._seen == other._seen if isinstance(other, Trace) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._seen)

    def __repr__(self) -> str:
        return telling.listing(self)

    # -- parts ------------------------------------------------------------------------------

    def only(
        self,
        *what: str | Callable[[Seen], object],
        source: str | None = None,
        target: str | None = None,
    ) -> Trace:
        """The packets for which all of this is true.

        what: "tcp", "udp", "icmp", "arp", "ipv4" or "ipv6"; the name of a host, for packets on
        its links; or a function of a Seen. source, target: a host that sent it onto the link, or
        that it was sent to. trace.only("tcp", source="alice"). Raises ValueError for a word that
        is neither.
        """
        hosts = self.hosts
        for word in (*what, source, target):
            if not (callable(word) or word is None or word in hosts or word in KINDS):
                raise ValueError(
                    f"expected a host ({', '.join(hosts) or 'none was seen'}) or a protocol "
                    f"({', '.join(KINDS)}); got {word!r}"
                )
        return self._with(
            seen
            for seen in self
            if source in (None, seen.source)
            and target in (None, seen.target)
            and all(_is(seen, one, hosts) for one in what)
        )

    @property
    def lost(self) -> Trace:
        """The packets that the link dropped: by chance, or because its queue was full."""
        return self._with(seen for seen in self if seen.fate in ("lost", "queue full"))

    def connections(self) -> list[Trace]:
        """One trace for each TCP connection, both directions, in order of their first packets."""
        parts: dict[int, list[Seen]] = {}
        for seen in self:
            if seen.number in seen.follow.segments:
                parts.setdefault(seen.follow.segments[seen.number].connection, []).append(seen)
        return [self._with(part) for part in parts.values()]

    @property
    def hosts(self) -> list[str]:
        """The ends of the links, in the order of a path from the first that has one link only."""
        near: dict[str, list[str]] = {}
        for a, b in self.links:
            near.setdefault(a, []).append(b)
            near.setdefault(b, []).append(a)
        order: list[str] = []
        ends = [name for name in near if len(near[name]) == 1]
        for start in [*ends, *near]:
            todo = [start]
            while todo:
                name = todo.pop()
                if name not in order:
                    order.append(name)
                    todo += reversed(near[name])
        return order

    def journeys(self) -> list[Journey]:
        """Each packet once, with all the links that it was seen on."""
        return self._seen[0].follow.journeys(self) if self else []

    @property
    def _first(self) -> str:
        return self[0].follow.first if self else "ip"

    def folded(self, most: int) -> list[Row]:
        """The journeys, long runs of them folded into bands, so that there are at most `most`."""
        return fold(self.journeys(), most)

    def told(self) -> str:
        """What happened in words: what is the same each time it happens."""
        return f"packets{telling.between(self)}: {telling.told(self.journeys())}"

    @property
    def missing(self) -> str:
        """How many earlier packets were not kept, in words; "" if none."""
        return telling.not_kept(self.not_kept) if self.not_kept else ""

    # -- shown and kept ---------------------------------------------------------------------

    def ladder(self, **options: Any) -> Chart:
        """Draw who sent what to whom and when; options as for netlab.charts.ladder."""
        from netlab.charts import ladder

        return ladder(self, **options)

    def save(self, path: str | Path) -> None:
        """Write the packets to a pcap file, for Wireshark and Trace.load.

        Like a capture at the near end of the link it has what was lost on the link later, and
        one moment of each packet. Raises ValueError if there is more than one link: every packet
        would be there several times; trace.only("alice", "r1") is one.
        """
        links = {frozenset((seen.source, seen.target)) for seen in self}
        if len(links) > 1:
            names = ", ".join(" -- ".join(link) for link in self.links)
            raise ValueError(
                f'a capture is of one link, expected one and got {names}; try trace.only("'
                + '", "'.join(self.links[0])
                + '").save(...)'
            )
        records = (
            Record(self.began_ns + round(seen.time * 1e9), seen.data, seen.length) for seen in self
        )
        write_pcap(path, records, ETHERNET if self._first == "ethernet" else RAW)

    @classmethod
    def load(cls, path: str | Path) -> Trace:
        """Read a pcap file. Ends are named by their addresses, and left equals time: a capture
        knows one moment only. Raises PacketError if the file cannot be read."""
        pcap = read_pcap(path)
        return cls.from_rows(*of_capture(pcap), pcap.first, vehicle="a capture file")

    def as_json(self) -> dict[str, Any]:
        """All of it as what JSON can hold, for recordings. A part becomes a trace of its own."""
        return {
            "first": self._first,
            "began_ns": self.began_ns,
            "not_kept": self.not_kept,
            "vehicle": self.vehicle,
            "links": [list(link) for link in self.links],
            "rows": b64encode(pack(self, self.links, self.began_ns)).decode("ascii"),
        }

    @classmethod
    def from_json(cls, noted: dict[str, Any], vehicle: str | None = None) -> Trace:
        """The trace that as_json made; vehicle: its new one, such as "recorded on Linux 6.18"."""
        return cls.from_rows(
            b64decode(noted["rows"]),
            [(a, b) for a, b in noted["links"]],
            noted["first"],
            noted["began_ns"],
            noted["not_kept"],
            noted["vehicle"] if vehicle is None else vehicle,
        )


def _is(seen: Seen, what: str | Callable[[Seen], object], hosts: Sequence[str]) -> bool:
    """Whether one condition of Trace.only holds."""
    if not isinstance(what, str):
        return bool(what(seen))
    if what in hosts:
        return what in (seen.source, seen.target)
    return any(isinstance(header, KINDS[what]) for header in seen.packet)
