"""IPv6: from host to host, across networks, with extras in headers of their own."""

from __future__ import annotations

from typing import Any, Self

from netlab.packets import options as opts
from netlab.packets.address import ipv6_number
from netlab.packets.errors import PacketError
from netlab.packets.field import FLAG, HEX, IPV6, Kind, bits, tail, times, unit
from netlab.packets.header import Header, header
from netlab.packets.ipv4 import ECN, PROTOCOLS

FLOW = Kind(show=lambda value: f"0x{value:05x}")
NEXT_HEADER = "what follows this header"


@header
class IPv6(Header):
    """Where a packet comes from and goes to, how far it may travel, and what it carries."""

    NAME = "IPv6"
    RFC = "RFC 8200, section 3"
    NEXT = ("next_header", "protocol")
    version: int = bits(4, "Version", "6 for IPv6", default=6)
    dscp: int = bits(6, "DSCP", "how routers may favour it", rfc="RFC 2474, section 3")
    ecn: int = bits(2, "ECN", "routers warn of congestion here", ECN, rfc="RFC 3168, section 5")
    flow_label: int = bits(
        20, "Flow Label", "equal in all packets of one flow", FLOW, rfc="RFC 6437, section 2"
    )
    payload_length: int = bits(
        16, "Payload Length", "of all that follows this header", unit("bytes"), default=None
    )
    next_header: int = bits(8, "Next Header", NEXT_HEADER, PROTOCOLS, default=None)
    hop_limit: int = bits(
        8, "Hop Limit", "each router takes 1; at 0 it is dropped", unit("hops"), default=64
    )
    source: str = bits(128, "Source Address", "the host that sent it", IPV6, default="::")
    destination: str = bits(128, "Destination Address", "the host it is for", IPV6, default="::")

    def check(self) -> None:
        """This class reads version 6 only."""
        if self.version != 6:
            problem = f"expected 6, got {self.version}; these bytes are not an IPv6 packet"
            raise PacketError(self.NAME, "Version", problem)

    def span(self) -> tuple[str, int] | None:
        """Payload Length does not count this header."""
        return "payload_length", self.SIZE + self.payload_length

    def lengths(self, inner: int) -> dict[str, Any]:
        """Payload Length."""
        return {"payload_length": inner}

    def pseudo_header(self, protocol: int, length: int) -> bytes:
        """What a checksum of TCP, UDP or ICMPv6 covers beside their own (RFC 8200, section 8.1)."""
        ends = ipv6_number(self.source) << 128 | ipv6_number(self.destination)
        return ends.to_bytes(32, "big") + length.to_bytes(4, "big") + bytes([0, 0, 0, protocol])


class Extension(Header):
    """An extension header: between the IPv6 header and what it carries (RFC 8200, section 4)."""

    NEXT = ("next_header", "protocol")
    SIZED_BY = "extension_length"

    next_header: int
    extension_length: int

    def stated_size(self) -> int:
        """The length counts steps of 8 bytes beyond the first 8."""
        return (self.extension_length + 1) * 8

    def lengths(self, inner: int) -> dict[str, Any]:
        """The length of this header alone."""
        return {"extension_length": self.size // 8 - 1}


@header
class HopByHop(Extension):
    """Options for every router on the way."""

    NAME = "Hop-by-Hop Options"
    RFC = "RFC 8200, section 4.3"
    next_header: int = bits(8, "Next Header", NEXT_HEADER, PROTOCOLS, default=None)
    extension_length: int = bits(
        8, "Hdr Ext Len", "steps of 8 bytes beyond the first 8", times(8, "bytes", 8), default=None
    )
    options: opts.Options = tail(
        "Options", "what they ask", opts.reader6(NAME), opts.write, opts.show, default=()
    )

    def filled(self, inner: int) -> Self:
        """Options are padded to whole steps, if the length is left out."""
        unsized = self.extension_length is None
        whole = self.replace(options=opts.padded6(self.options)) if unsized else self
        return super(HopByHop, whole).filled(inner)


@header
class DestinationOptions(HopByHop):
    """Options for the host that the packet is for."""

    NAME = "Destination Options"
    RFC = "RFC 8200, section 4.6"
    options: opts.Options = tail(
        "Options", "what they ask", opts.reader6(NAME), opts.write, opts.show, default=()
    )


@header
class Routing(Extension):
    """Hosts that the packet must visit on its way."""

    NAME = "Routing"
    RFC = "RFC 8200, section 4.4"
    next_header: int = bits(8, "Next Header", NEXT_HEADER, PROTOCOLS, default=None)
    extension_length: int = bits(
        8, "Hdr Ext Len", "steps of 8 bytes beyond the first 8", times(8, "bytes", 8), default=None
    )
    routing_type: int = bits(8, "Routing Type", "how to read the data")
    segments_left: int = bits(8, "Segments Left", "hosts still to visit")
    data: bytes = tail("Type-specific Data", "the hosts", default=bytes(4))


@header
class Fragment(Header):
    """This packet is one of several pieces of a larger one."""

    NAME = "Fragment"
    RFC = "RFC 8200, section 4.5"
    NEXT = ("next_header", "protocol")
    next_header: int = bits(8, "Next Header", "what the whole carries", PROTOCOLS, default=None)
    reserved: int = bits(8, "Reserved", "always 0")
    fragment_offset: int = bits(
        13, "Fragment Offset", "its place in the whole, in steps of 8 bytes", times(8, "bytes")
    )
    reserved_bits: int = bits(2, "Res", "always 0")
    more_fragments: bool = bits(1, "M flag", "this is not the last fragment", FLAG, default=False)
    identification: int = bits(32, "Identification", "equal in all fragments of one packet", HEX)

    @property
    def is_fragment(self) -> bool:
        """One of several pieces; a lone header with nothing cut is allowed (RFC 6946)."""
        return self.more_fragments or self.fragment_offset > 0
