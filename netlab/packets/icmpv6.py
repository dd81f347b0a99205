"""ICMPv6: what hosts and routers tell each other about IPv6, and how neighbours are found."""

from __future__ import annotations

from netlab.packets.field import FLAG, HEX, IPV6, bits, named, times, unit
from netlab.packets.header import Header, HeaderType, header

TYPES = {
    1: "destination unreachable",
    2: "packet too big",
    3: "time exceeded",
    4: "parameter problem",
    128: "echo request",
    129: "echo reply",
    133: "router solicitation",
    134: "router advertisement",
    135: "neighbor solicitation",
    136: "neighbor advertisement",
    137: "redirect",
}
UNREACHABLE = {
    0: "no route to destination",
    1: "administratively prohibited",
    2: "beyond scope of source address",
    3: "address unreachable",
    4: "port unreachable",
    5: "source address failed policy",
    6: "reject route to destination",
}
EXCEEDED = {0: "hop limit exceeded in transit", 1: "fragment reassembly time exceeded"}
PROBLEM = {
    0: "erroneous header field",
    1: "unrecognized next header",
    2: "unrecognized IPv6 option",
}
ABOUT = "what the message is about"


@header
class ICMPv6(Header):
    """What an ICMPv6 message is about; the rest of the header depends on that."""

    NAME = "ICMPv6"
    RFC = "RFC 4443, section 2.1"
    CHECKSUM = "pseudo-header"
    type: int = bits(8, "Type", ABOUT, named(TYPES))
    code: int = bits(8, "Code", "the same more closely")
    checksum: int = bits(16, "Checksum", "guards message and addresses", HEX, default=None)

    @classmethod
    def choose(cls, data: bytes) -> HeaderType | None:
        """The class for this type; other types keep all after the checksum as payload."""
        return KINDS.get(data[0], cls) if data else cls

    @property
    def what(self) -> str:
        """The message in words."""
        codes = {1: UNREACHABLE, 3: EXCEEDED, 4: PROBLEM}.get(self.type, {})
        return codes.get(self.code, TYPES.get(self.type, f"type {self.type} code {self.code}"))


@header
class ICMPv6Echo(ICMPv6):
    """Are you there? A request (type 128) and a reply (type 129), as sent by ping."""

    RFC = "RFC 4443, sections 4.1 and 4.2"
    type: int = bits(8, "Type", "request or reply", named(TYPES), default=128)
    identifier: int = bits(16, "Identifier", "which ping this belongs to")
    sequence_number: int = bits(16, "Sequence Number", "which request of that ping")


class ICMPv6Error(ICMPv6):
    """A packet could not be delivered: as much of it as fits follows as the payload."""


@header
class ICMPv6Unreachable(ICMPv6Error):
    """A packet could not be delivered."""

    RFC = "RFC 4443, section 3.1"
    type: int = bits(8, "Type", ABOUT, named(TYPES), default=1)
    code: int = bits(8, "Code", "why", named(UNREACHABLE))
    length: int = bits(
        8,
        "Length",
        "of the quoted packet in words of 8 bytes; 0: not said",
        times(8, "bytes"),
        rfc="RFC 4884, section 4.4",
    )
    unused: int = bits(24, "Unused", "always 0")


@header
class ICMPv6PacketTooBig(ICMPv6Error):
    """A packet is longer than the next link can carry."""

    RFC = "RFC 4443, section 3.2"
    type: int = bits(8, "Type", ABOUT, named(TYPES), default=2)
    mtu: int = bits(32, "MTU", "the longest packet that fits", unit("bytes"), default=1280)


@header
class ICMPv6TimeExceeded(ICMPv6Unreachable):
    """A packet ran out of hops, or a fragment of it never came; traceroute lives on this."""

    RFC = "RFC 4443, section 3.3"
    type: int = bits(8, "Type", ABOUT, named(TYPES), default=3)
    code: int = bits(8, "Code", "which of the two", named(EXCEEDED))


@header
class ICMPv6ParameterProblem(ICMPv6Error):
    """A field of a packet made no sense."""

    RFC = "RFC 4443, section 3.4"
    type: int = bits(8, "Type", ABOUT, named(TYPES), default=4)
    code: int = bits(8, "Code", "what kind of trouble", named(PROBLEM))
    pointer: int = bits(32, "Pointer", "the byte of the packet that is wrong")


@header
class RouterSolicitation(ICMPv6):
    """Which routers are here?"""

    RFC = "RFC 4861, section 4.1"
    type: int = bits(8, "Type", ABOUT, named(TYPES), default=133)
    reserved: int = bits(32, "Reserved", "always 0")


@header
class RouterAdvertisement(ICMPv6):
    """I am a router, and these are the habits of this network; options follow as the payload."""

    RFC = "RFC 4861, section 4.2"
    type: int = bits(8, "Type", ABOUT, named(TYPES), default=134)
    hop_limit: int = bits(8, "Cur Hop Limit", "for packets sent from here", unit("hops"))
    managed: bool = bits(1, "M flag", "addresses are given by DHCPv6", FLAG, default=False)
    other: bool = bits(1, "O flag", "other things are told by DHCPv6", FLAG, default=False)
    reserved: int = bits(6, "Reserved", "other flags, as a rule 0")
    router_lifetime: int = bits(16, "Router Lifetime", "0: no default router", unit("s"))
    reachable_time: int = bits(32, "Reachable Time", "a neighbour is trusted", unit("ms"))
    retrans_timer: int = bits(32, "Retrans Timer", "between solicitations", unit("ms"))


@header
class NeighborSolicitation(ICMPv6):
    """Which interface on this network has this address? What ARP is to IPv4."""

    RFC = "RFC 4861, section 4.3"
    type: int = bits(8, "Type", ABOUT, named(TYPES), default=135)
    reserved: int = bits(32, "Reserved", "always 0")
    target: str = bits(128, "Target Address", "whose interface is sought", IPV6, default="::")


@header
class NeighborAdvertisement(ICMPv6):
    """This interface has the address; which one it is stands in an option, in the payload."""

    RFC = "RFC 4861, section 4.4"
    type: int = bits(8, "Type", ABOUT, named(TYPES), default=136)
    router: bool = bits(1, "R flag", "the sender is a router", FLAG, default=False)
    solicited: bool = bits(1, "S flag", "this answers a solicitation", FLAG, default=False)
    override: bool = bits(1, "O flag", "forget what you knew", FLAG, default=False)
    reserved: int = bits(29, "Reserved", "always 0")
    target: str = bits(128, "Target Address", "the address found", IPV6, default="::")


@header
class Redirect(ICMPv6):
    """There is a shorter way, by another router."""

    RFC = "RFC 4861, section 4.5"
    type: int = bits(8, "Type", ABOUT, named(TYPES), default=137)
    reserved: int = bits(32, "Reserved", "always 0")
    target: str = bits(128, "Target Address", "the better first hop", IPV6, default="::")
    destination: str = bits(128, "Destination Address", "for packets to it", IPV6, default="::")


KINDS: dict[int, HeaderType] = {
    1: ICMPv6Unreachable,
    2: ICMPv6PacketTooBig,
    3: ICMPv6TimeExceeded,
    4: ICMPv6ParameterProblem,
    128: ICMPv6Echo,
    129: ICMPv6Echo,
    133: RouterSolicitation,
    134: RouterAdvertisement,
    135: NeighborSolicitation,
    136: NeighborAdvertisement,
    137: Redirect,
}
