"""ARP: which interface on this network has an IPv4 address?"""

from __future__ import annotations

from netlab.packets.field import HEX, IPV4, MAC, bits, named, unit
from netlab.packets.header import Header, HeaderType, header

ETHERNET_IPV4 = bytes.fromhex("0001 0800 06 04")  # how an ARP for these two begins


@header
class ARP(Header):
    """A question for the interface that has an IPv4 address, or the answer to it."""

    NAME = "ARP"
    RFC = "RFC 826, section Packet format"
    hardware_type: int = bits(
        16, "Hardware Address Space", "kind of network", named({1: "Ethernet"}), default=1
    )
    protocol_type: int = bits(
        16, "Protocol Address Space", "kind of address asked for", HEX, default=0x0800
    )
    hardware_length: int = bits(
        8, "Hardware Address Length", "of an Ethernet address", unit("bytes"), default=6
    )
    protocol_length: int = bits(
        8, "Protocol Address Length", "of an IPv4 address", unit("bytes"), default=4
    )
    opcode: int = bits(
        16, "Opcode", "question or answer", named({1: "request", 2: "reply"}), default=1
    )
    sender_mac: str = bits(
        48, "Sender Hardware Address", "who speaks", MAC, default="00:00:00:00:00:00"
    )
    sender_ip: str = bits(32, "Sender Protocol Address", "who speaks", IPV4, default="0.0.0.0")
    target_mac: str = bits(
        48,
        "Target Hardware Address",
        "in a request: not known yet",
        MAC,
        default="00:00:00:00:00:00",
    )
    target_ip: str = bits(
        32, "Target Protocol Address", "whose interface is sought", IPV4, default="0.0.0.0"
    )

    @classmethod
    def choose(cls, data: bytes) -> HeaderType | None:
        """Only Ethernet and IPv4: addresses of other sizes are not understood."""
        return cls if data[:6] == ETHERNET_IPV4[: len(data)] else None

    def span(self) -> tuple[str, int] | None:
        """What follows in the frame is padding."""
        return "hardware_length", self.SIZE
