"""Ethernet: the frame on a local network, from one interface to another."""

from __future__ import annotations

from netlab.packets.field import FLAG, HEX, MAC, NUMBER, bits, named, unit
from netlab.packets.header import Header, header

TYPES = named(
    {0x0800: "IPv4", 0x0806: "ARP", 0x8100: "802.1Q tag", 0x86DD: "IPv6"}, code="0x{:04x}"
)


@header
class Ethernet(Header):
    """Which interface on this network a frame is for, which one sent it, and what it carries."""

    NAME = "Ethernet"
    RFC = "IEEE 802.3, clause 3.1.1"
    NEXT = ("type", "EtherType")
    destination: str = bits(
        48, "Destination Address", "the interface it is for", MAC, default="ff:ff:ff:ff:ff:ff"
    )
    source: str = bits(
        48, "Source Address", "the interface that sent it", MAC, default="00:00:00:00:00:00"
    )
    type: int = bits(
        16,
        "Type",
        "what the frame carries; up to 1500 it is the number of bytes carried",
        TYPES,
        default=None,
        rfc="RFC 894; IEEE 802.3, clause 3.2.6",
    )

    def span(self) -> tuple[str, int] | None:
        """Only the old form of frame says how long it is."""
        return ("type", self.SIZE + self.type) if self.type <= 1500 else None


@header
class VLAN(Header):
    """A tag in a frame that says to which virtual network it belongs."""

    NAME = "802.1Q"
    RFC = "IEEE 802.1Q, clause 9.6"
    NEXT = ("type", "EtherType")
    priority: int = bits(3, "Priority Code Point", "how urgent it is, 0 to 7")
    drop_eligible: bool = bits(
        1, "Drop Eligible Indicator", "may be dropped first", FLAG, default=False
    )
    vlan: int = bits(12, "VLAN Identifier", "which virtual network", default=1)
    type: int = bits(
        16, "Type", "what the frame carries; up to 1500 its length", TYPES, default=None
    )

    def span(self) -> tuple[str, int] | None:
        """Only the old form of frame says how long it is."""
        return ("type", self.SIZE + self.type) if self.type <= 1500 else None


@header
class Cooked(Header):
    """What Linux writes instead of a frame's header when it captures on all interfaces at once."""

    NAME = "Linux cooked"
    RFC = "LINKTYPE_LINUX_SLL"
    NEXT = ("type", "EtherType")
    packet_type: int = bits(
        16,
        "Packet Type",
        "where the frame went",
        named({0: "to us", 1: "broadcast", 2: "multicast", 3: "to another host", 4: "from us"}),
    )
    device_type: int = bits(16, "ARPHRD Type", "kind of interface", NUMBER, default=1)
    address_length: int = bits(
        16, "Link-layer Address Length", "bytes that count", unit("bytes"), default=6
    )
    address: int = bits(64, "Link-layer Address", "of the sender", HEX)
    type: int = bits(16, "Protocol Type", "what the frame carried", TYPES, default=None)
