"""A packet: headers one in the other like envelopes, and the payload inside the last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self, TypeVar, overload

from netlab.packets import build, peel, summary, verify
from netlab.packets.arp import ARP
from netlab.packets.errors import PacketError
from netlab.packets.ethernet import VLAN, Ethernet
from netlab.packets.field import Field
from netlab.packets.header import Header
from netlab.packets.icmp import ICMP, ICMPError
from netlab.packets.icmpv6 import ICMPv6, ICMPv6Error
from netlab.packets.ipv4 import IPv4
from netlab.packets.ipv6 import Fragment, IPv6, Routing
from netlab.packets.peel import Layer
from netlab.packets.tcp import TCP
from netlab.packets.udp import UDP

H = TypeVar("H", bound=Header)


class Packet:
    """A stack of headers and what the last of them carries.

    Packet(IPv4(...), TCP(...), b"data") fills in lengths, numbers of the next header and
    checksums that were left out. Packet.parse reads one from bytes. Packets never change.
    data: all the bytes. layers: its parts in order. payload: what no header here explains.
    trailer: what follows the innermost length, such as an Ethernet frame's padding.
    error: what could not be read, with strict=False.
    """

    def __init__(self, *parts: Header | bytes, trailer: bytes = b"") -> None:
        """Build from headers, outermost first, and payload bytes. Raises PacketError."""
        headers, payload = build.fill(parts)
        pieces = [bytes(header) for header in headers]
        data = b"".join([*pieces, payload, trailer])
        layers, at, end = [], 0, len(data)
        for header, piece in zip(headers, pieces, strict=True):
            _, size = header.span() or ("", end - at)
            end = max(len(data) - len(trailer), min(end, at + size))
            layers.append(Layer(header.NAME, header, at, at + len(piece), end))
            at += len(piece)
        self._set(data, layers, at, len(data) - len(trailer), None)

    @classmethod
    def parse(cls, data: bytes, first: str = "ethernet", *, strict: bool = True) -> Self:
        """Read a packet whose first header is "ethernet", "ip" or "cooked" (Linux).

        Raises PacketError where bytes are missing or contradict the format; with strict=False
        the packet keeps what could be read, the rest is payload, and the error is in .error.
        """
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"a packet is read from bytes; got {data!r}")
        layers, at, end, error = peel.peel(bytes(data), first)
        if error is not None and strict:
            raise error
        packet = object.__new__(cls)
        packet._set(bytes(data), layers, at, end, error)
        return packet

    def _set(
        self, data: bytes, layers: list[Layer], at: int, end: int, error: PacketError | None
    ) -> None:
        self.data, self.error = data, error
        self.payload, self.trailer = data[at:end], data[end:]
        if end > at:
            layers.append(Layer("payload", None, at, end, end))
        if len(data) > end:
            layers.append(Layer("trailer", None, end, len(data), len(data)))
        self.layers = tuple(layers)

    # -- the layers -------------------------------------------------------------------------

    @property
    def ethernet(self) -> Ethernet | None:
        """The Ethernet header, or None."""
        return self.get(Ethernet)

    @property
    def vlan(self) -> VLAN | None:
        """The 802.1Q tag, or None."""
        return self.get(VLAN)

    @property
    def arp(self) -> ARP | None:
        """The ARP message, or None."""
        return self.get(ARP)

    @property
    def ip(self) -> IPv4 | IPv6 | None:
        """The IPv4 or IPv6 header, or None."""
        return self.get(IPv4) or self.get(IPv6)

    @property
    def icmp(self) -> ICMP | ICMPv6 | None:
        """The ICMP or ICMPv6 header, or None."""
        return self.get(ICMP) or self.get(ICMPv6)

    @property
    def udp(self) -> UDP | None:
        """The UDP header, or None."""
        return self.get(UDP)

    @property
    def tcp(self) -> TCP | None:
        """The TCP header, or None."""
        return self.get(TCP)

    def get(self, kind: type[H]) -> H | None:
        """The first header of this class, or None."""
        return next((h for h in self if isinstance(h, kind)), None)

    @overload
    def __getitem__(self, which: int) -> Header: ...
    @overload
    def __getitem__(self, which: type[H]) -> H: ...
    def __getitem__(self, which: int | type[H]) -> Header:
        """packet[0] is the outermost header, packet[-1] the innermost, packet[TCP] the TCP one."""
        headers = list(self)
        if isinstance(which, int):
            return headers[which]
        found = self.get(which)
        if found is None:
            has = ", ".join(h.NAME for h in headers) or "no header"
            raise LookupError(f"this packet has no {which.NAME} header; it has {has}")
        return found

    def __iter__(self) -> Iterator[Header]:
        return (layer.header for layer in self.layers if layer.header is not None)

    def at(self, byte: int) -> tuple[Layer, tuple[Field, ...]]:
        """The layer that byte number `byte` belongs to, and its fields with a bit in that byte."""
        for layer in self.layers:
            if layer.start <= byte < layer.stop:
                fields = layer.header.fields if layer.header else ()
                return layer, tuple(f for f in fields if byte - layer.start in f.bytes)
        raise IndexError(f"the packet has bytes 0 to {len(self.data) - 1}; got {byte}")

    def parts(self) -> list[tuple[str, int]]:
        """(name, bytes) of each layer in order, as byte_map takes them."""
        return [(layer.name, layer.stop - layer.start) for layer in self.layers]

    @property
    def quoted(self) -> Packet | None:
        """The packet that an ICMP error is about, as far as it is quoted; or None."""
        if isinstance(self.icmp, (ICMPError, ICMPv6Error)) and self.payload:
            return Packet.parse(self.payload, "ip", strict=False)
        return None

    # -- the whole --------------------------------------------------------------------------

    def verify(self) -> tuple[verify.Verdict, ...]:
        """What each checksum in the packet says, and what it should say."""
        verdicts, ip, routing, partial = [], None, None, self.error is not None
        for _, header, start, stop, end in self.layers:
            if isinstance(header, (IPv4, IPv6)):
                ip, routing = header, None
            elif isinstance(header, Routing):
                routing = header
            if header is not None and header.CHECKSUM:
                reach = stop if header.CHECKSUM == "header" else end
                known = header.CHECKSUM == "header" or not partial
                verdicts.append(
                    verify.judge(header, self.data[start:reach], ip, routing)
                    if known
                    else verify.unknown(header)
                )
            partial = partial or (isinstance(header, (IPv4, Fragment)) and header.is_fragment)
        return tuple(verdicts)

    def summary(self, relative: summary.Relative | None = None) -> str:
        """The packet in one line; sequence numbers from 0 if `relative` has seen its like."""
        return summary.line(self, relative)

    def __bytes__(self) -> bytes:
        return self.data

    def __len__(self) -> int:
        return len(self.data)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Packet):
            return NotImplemented
        return self.layers == other.layers and self.data == other.data

    def __hash__(self) -> int:
        return hash(self.data)

    def __repr__(self) -> str:
        return f"<Packet of {len(self.data)} bytes: {self.summary()}>"
