"""UDP: ports and a checksum, and nothing more."""

from __future__ import annotations

from typing import Any

from netlab.packets.field import HEX, bits, unit
from netlab.packets.header import Header, header


@header
class UDP(Header):
    """Which socket of the host a datagram is for, and which one sent it."""

    NAME = "UDP"
    RFC = "RFC 768"
    CHECKSUM = "pseudo-header"
    source_port: int = bits(16, "Source Port", "the socket that sent it")
    destination_port: int = bits(16, "Destination Port", "the socket it is for")
    length: int = bits(16, "Length", "of this header and the data", unit("bytes"), default=None)
    checksum: int = bits(
        16, "Checksum", "guards the datagram; 0: not used (IPv4 only)", HEX, default=None
    )

    def span(self) -> tuple[str, int] | None:
        """Length counts this header too."""
        return "length", self.length

    def lengths(self, inner: int) -> dict[str, Any]:
        """Length."""
        return {"length": self.SIZE + inner}
