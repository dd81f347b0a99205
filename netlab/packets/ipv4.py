"""IPv4: from host to host, across networks."""

from __future__ import annotations

from typing import Any, Self

from netlab.packets import options as opts
from netlab.packets.address import ipv4_number
from netlab.packets.errors import PacketError
from netlab.packets.field import FLAG, HEX, IPV4, bits, named, tail, times, unit
from netlab.packets.header import Header, header
from netlab.packets.ipv4_options import KNOWN, LooseSourceRoute, StrictSourceRoute

PROTOCOLS = named(
    {
        0: "hop-by-hop options",
        1: "ICMP",
        6: "TCP",
        17: "UDP",
        43: "routing header",
        44: "fragment header",
        58: "ICMPv6",
        59: "nothing",
        60: "destination options",
    }
)
ECN = named({0: "not ECN-capable", 1: "ECT(1)", 2: "ECT(0)", 3: "congestion experienced"})


@header
class IPv4(Header):
    """Where a packet comes from and goes to, how far it may travel, and what it carries."""

    NAME = "IPv4"
    RFC = "RFC 791, section 3.1"
    NEXT = ("protocol", "protocol")
    SIZED_BY = "ihl"
    CHECKSUM = "header"
    version: int = bits(4, "Version", "4 for IPv4", default=4)
    ihl: int = bits(
        4, "IHL", "length of this header in words of 4 bytes", times(4, "bytes"), default=None
    )
    dscp: int = bits(6, "DSCP", "how routers may favour it", rfc="RFC 2474, section 3")
    ecn: int = bits(2, "ECN", "routers warn of congestion here", ECN, rfc="RFC 3168, section 5")
    total_length: int = bits(
        16, "Total Length", "of this header and what it carries", unit("bytes"), default=None
    )
    identification: int = bits(
        16,
        "Identification",
        "equal in all fragments of one packet",
        HEX,
        rfc="RFC 791, section 3.1; RFC 6864, section 4",
    )
    reserved: bool = bits(1, "Reserved flag", "always 0", FLAG, default=False)
    dont_fragment: bool = bits(
        1, "Don't Fragment (DF)", "a router must not cut it", FLAG, default=False
    )
    more_fragments: bool = bits(
        1, "More Fragments (MF)", "this is not the last fragment", FLAG, default=False
    )
    fragment_offset: int = bits(
        13, "Fragment Offset", "its place in the whole, in steps of 8 bytes", times(8, "bytes")
    )
    ttl: int = bits(
        8, "Time to Live", "each router takes 1; at 0 it is dropped", unit("hops"), default=64
    )
    protocol: int = bits(8, "Protocol", "what it carries", PROTOCOLS, default=None)
    checksum: int = bits(
        16, "Header Checksum", "guards this header against changed bits", HEX, default=None
    )
    source: str = bits(32, "Source Address", "the host that sent it", IPV4, default="0.0.0.0")
    destination: str = bits(
        32, "Destination Address", "the host it is for", IPV4, default="0.0.0.0"
    )
    options: opts.Options = tail(
        "Options",
        "rarely used extras",
        opts.reader("IPv4", KNOWN),
        opts.write,
        opts.show,
        default=(),
    )

    def check(self) -> None:
        """This class reads version 4 only."""
        if self.version != 4:
            problem = f"expected 4, got {self.version}; these bytes are not an IPv4 packet"
            raise PacketError(self.NAME, "Version", problem)

    def stated_size(self) -> int:
        """IHL counts words."""
        return self.ihl * 4

    def span(self) -> tuple[str, int] | None:
        """Total Length counts this header too."""
        return "total_length", self.total_length

    def lengths(self, inner: int) -> dict[str, Any]:
        """IHL and Total Length."""
        return {"ihl": self.size // 4, "total_length": self.size + inner}

    def filled(self, inner: int) -> Self:
        """Options are padded to whole words, if IHL is left out."""
        whole = self.replace(options=opts.padded(self.options)) if self.ihl is None else self
        return super(IPv4, whole).filled(inner)

    @property
    def is_fragment(self) -> bool:
        """One of several pieces of a packet."""
        return self.more_fragments or self.fragment_offset > 0

    @property
    def last_destination(self) -> str:
        """Where the packet ends up: with a source route still to go, that is its last address."""
        for option in self.options:
            if isinstance(option, LooseSourceRoute | StrictSourceRoute):
                to_go = option.pointer in range(4, option.length, 4)
                return option.route[-1] if to_go else self.destination
        return self.destination

    def pseudo_header(self, protocol: int, length: int) -> bytes:
        """What a checksum of TCP or UDP covers beside their own (RFC 1122, section 4.1.3.4)."""
        ends = ipv4_number(self.source) << 32 | ipv4_number(self.last_destination)
        return ends.to_bytes(8, "big") + bytes([0, protocol]) + (length & 0xFFFF).to_bytes(2, "big")
