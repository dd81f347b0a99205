"""ICMP: what hosts and routers tell each other about IPv4 itself."""

from __future__ import annotations

from netlab.packets.field import HEX, IPV4, bits, named, times
from netlab.packets.header import Header, HeaderType, header

TYPES = {
    0: "echo reply",
    3: "destination unreachable",
    5: "redirect",
    8: "echo request",
    11: "time exceeded",
    12: "parameter problem",
}
UNREACHABLE = {
    0: "net unreachable",
    1: "host unreachable",
    2: "protocol unreachable",
    3: "port unreachable",
    4: "fragmentation needed and DF set",
    5: "source route failed",
    13: "administratively prohibited",
}
EXCEEDED = {0: "time to live exceeded in transit", 1: "fragment reassembly time exceeded"}


@header
class ICMP(Header):
    """What an ICMP message is about; the rest of the header depends on that."""

    NAME = "ICMP"
    RFC = "RFC 792"
    CHECKSUM = "message"
    type: int = bits(8, "Type", "what the message is about", named(TYPES))
    code: int = bits(8, "Code", "the same more closely")
    checksum: int = bits(16, "Checksum", "guards the whole message", HEX, default=None)

    @classmethod
    def choose(cls, data: bytes) -> HeaderType | None:
        """The class for this type; other types keep all after the checksum as payload."""
        return KINDS.get(data[0], cls) if data else cls

    @property
    def what(self) -> str:
        """The message in words."""
        return TYPES.get(self.type, f"type {self.type} code {self.code}")


@header
class ICMPEcho(ICMP):
    """Are you there? A request (type 8) and a reply (type 0), as sent by ping."""

    RFC = "RFC 792, Echo or Echo Reply Message"
    type: int = bits(8, "Type", "request or reply", named(TYPES), default=8)
    identifier: int = bits(16, "Identifier", "which ping this belongs to")
    sequence_number: int = bits(16, "Sequence Number", "which request of that ping")


class ICMPError(ICMP):
    """A packet could not be delivered: its header and first bytes follow as the payload."""


@header
class ICMPUnreachable(ICMPError):
    """A packet could not be delivered."""

    RFC = "RFC 792, Destination Unreachable Message"
    type: int = bits(8, "Type", "what the message is about", named(TYPES), default=3)
    code: int = bits(8, "Code", "why", named(UNREACHABLE))
    unused: int = bits(8, "Unused", "always 0")
    length: int = bits(
        8,
        "Length",
        "of the quoted packet in words of 4 bytes; 0: not said",
        times(4, "bytes"),
        rfc="RFC 4884, section 4.1",
    )
    next_hop_mtu: int = bits(
        16, "Next-Hop MTU", "with code 4: the longest packet that fits", rfc="RFC 1191, section 4"
    )

    @property
    def what(self) -> str:
        """The reason."""
        return UNREACHABLE.get(self.code, f"destination unreachable, code {self.code}")


@header
class ICMPRedirect(ICMPError):
    """There is a shorter way, by another router."""

    RFC = "RFC 792, Redirect Message"
    type: int = bits(8, "Type", "what the message is about", named(TYPES), default=5)
    gateway: str = bits(
        32, "Gateway Internet Address", "the better router", IPV4, default="0.0.0.0"
    )


@header
class ICMPTimeExceeded(ICMPError):
    """A packet ran out of hops, or a fragment of it never came; traceroute lives on this."""

    RFC = "RFC 792, Time Exceeded Message"
    type: int = bits(8, "Type", "what the message is about", named(TYPES), default=11)
    code: int = bits(8, "Code", "which of the two", named(EXCEEDED))
    unused: int = bits(8, "Unused", "always 0")
    length: int = bits(
        8,
        "Length",
        "of the quoted packet in words of 4 bytes; 0: not said",
        times(4, "bytes"),
        rfc="RFC 4884, section 4.2",
    )
    unused2: int = bits(16, "Unused", "always 0")

    @property
    def what(self) -> str:
        """Which time."""
        return EXCEEDED.get(self.code, f"time exceeded, code {self.code}")


@header
class ICMPParameterProblem(ICMPError):
    """A field of a packet made no sense."""

    RFC = "RFC 792, Parameter Problem Message"
    type: int = bits(8, "Type", "what the message is about", named(TYPES), default=12)
    pointer: int = bits(8, "Pointer", "the byte of the packet that is wrong")
    length: int = bits(
        8,
        "Length",
        "of the quoted packet in words of 4 bytes; 0: not said",
        times(4, "bytes"),
        rfc="RFC 4884, section 4.3",
    )
    unused: int = bits(16, "Unused", "always 0")


KINDS: dict[int, HeaderType] = {
    0: ICMPEcho,
    3: ICMPUnreachable,
    5: ICMPRedirect,
    8: ICMPEcho,
    11: ICMPTimeExceeded,
    12: ICMPParameterProblem,
}
