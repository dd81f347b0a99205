"""A packet in one line, the same on every run; sequence numbers from 0 on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netlab.packets.arp import ARP
from netlab.packets.ethernet import VLAN, Cooked, Ethernet
from netlab.packets.icmp import ICMP, ICMPEcho
from netlab.packets.icmpv6 import (
    ICMPv6,
    ICMPv6Echo,
    NeighborAdvertisement,
    NeighborSolicitation,
)
from netlab.packets.ipv4 import PROTOCOLS, IPv4
from netlab.packets.ipv6 import Extension, Fragment, IPv6
from netlab.packets.tcp import TCP
from netlab.packets.udp import UDP

if TYPE_CHECKING:
    from netlab.packets.header import Header
    from netlab.packets.packet import Packet

End = tuple[str, int]  # address and port


class Relative:
    """Sequence numbers counted from each connection's start, as it is met.

    Show it a connection's packets in order. Where the SYN was not seen, the first byte seen is
    number 1, as it would be after one.
    """

    def __init__(self) -> None:
        self._start: dict[tuple[End, End], int] = {}

    def numbers(self, packet: Packet) -> tuple[int, int]:
        """The sequence and acknowledgment number of a TCP packet, counted from 0."""
        ip, tcp = packet.ip, packet[TCP]
        source = (ip.source if ip else "", tcp.source_port)
        destination = (ip.destination if ip else "", tcp.destination_port)
        there, back = (source, destination), (destination, source)
        if tcp.syn or there not in self._start:
            self._start[there] = (tcp.sequence_number - (not tcp.syn)) % 2**32
        sequence = (tcp.sequence_number - self._start[there]) % 2**32
        if not tcp.ack:
            return sequence, tcp.acknowledgment_number
        start = self._start.setdefault(back, (tcp.acknowledgment_number - 1) % 2**32)
        return sequence, (tcp.acknowledgment_number - start) % 2**32


def line(packet: Packet, relative: Relative | None = None) -> str:
    """The packet in words; an error at the end."""
    text = _line(packet, relative)
    return f"{text} [{packet.error}]" if packet.error else text


def _line(packet: Packet, relative: Relative | None = None) -> str:
    """The innermost header that says something, in words."""
    headers = list(packet)
    return _words(headers[-1], packet, relative) if headers else _bytes(len(packet.data))


def _words(header: Header, packet: Packet, relative: Relative | None) -> str:
    size = len(packet.payload)
    carried = f" {_bytes(size)}" if size else ""
    ip = packet.ip
    path = f"{ip.source} → {ip.destination}" if ip else ""
    match header:
        case TCP():
            sequence, acknowledged = header.sequence_number, header.acknowledgment_number
            if relative is not None:
                sequence, acknowledged = relative.numbers(packet)
            numbers = f"seq={sequence}" + f" ack={acknowledged}" * header.ack
            ports = f"{header.source_port} → {header.destination_port}"
            return f"TCP {ports} {header.flags} {numbers}{carried}"
        case UDP():
            return f"UDP {header.source_port} → {header.destination_port}{carried}"
        case ICMPEcho() | ICMPv6Echo():
            asked = f"id={header.identifier} seq={header.sequence_number}"
            return f"{header.NAME} {header.what} {asked}{carried}"
        case NeighborSolicitation():
            return f"ICMPv6 who has {header.target}? tell {ip.source if ip else '?'}"
        case NeighborAdvertisement():
            return f"ICMPv6 {header.target} is here"
        case ICMP() | ICMPv6():
            about = packet.quoted
            if about is None or about.quoted is not None:  # a quote in a quote is not told
                return f"{header.NAME} {header.what}"
            return f"{header.NAME} {header.what} for {_line(about)}"
        case ARP(opcode=1):
            return f"ARP who has {header.target_ip}? tell {header.sender_ip}"
        case ARP():
            return f"ARP {header.sender_ip} is at {header.sender_mac}"
        case IPv4() | Fragment() if header.is_fragment:
            number = header.protocol if isinstance(header, IPv4) else header.next_header
            first = header.fragment_offset * 8
            piece = f"bytes {first}–{first + size - 1} of packet {header.identification}"
            name = "IPv4" if isinstance(header, IPv4) else "IPv6"
            return f"{name} {path} fragment, {piece}, protocol {PROTOCOLS.show(number)}"
        case IPv4():
            return f"IPv4 {path} protocol {PROTOCOLS.show(header.protocol)}{carried}"
        case IPv6() | Extension() | Fragment():
            return f"IPv6 {path} next header {PROTOCOLS.show(header.next_header)}{carried}"
        case Ethernet():
            return (
                f"Ethernet {header.source} → {header.destination} type 0x{header.type:04x}{carried}"
            )
        case VLAN() | Cooked():
            return f"{header.NAME} type 0x{header.type:04x}{carried}"
    return f"{header.NAME}{carried}"


def _bytes(size: int) -> str:
    return f"{size} byte{'s' * (size != 1)}"
