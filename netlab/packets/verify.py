"""Checksums of headers: what each covers, what it should be, and whether it is."""

from __future__ import annotations

from dataclasses import dataclass

from netlab.packets.checksum import internet_checksum, ones_complement_sum
from netlab.packets.errors import PacketError
from netlab.packets.header import Header
from netlab.packets.icmpv6 import ICMPv6
from netlab.packets.ipv4 import IPv4
from netlab.packets.ipv6 import IPv6, Routing
from netlab.packets.tcp import TCP
from netlab.packets.udp import UDP

IP = IPv4 | IPv6 | None
NUMBERS: dict[type[Header], int] = {TCP: 6, UDP: 17, ICMPv6: 58}
LAST = {0: slice(-16, None), 2: slice(4, 20), 4: slice(4, 20)}  # by routing type: last address


@dataclass(frozen=True)
class Verdict:
    """What a layer's checksum field says, and what it should say.

    state: "good"; "bad"; "offloaded": the field holds only the sum of the pseudo-header, for the
    network card was to do the rest; "absent": UDP over IPv4 without a checksum; "unknown": it
    covers bytes that are not here. computed: None where there is nothing to compute.
    """

    layer: str
    state: str
    stated: int
    computed: int | None

    @property
    def ok(self) -> bool:
        """The checksum is right, or rightly not there."""
        return self.state in ("good", "absent")

    def __str__(self) -> str:
        said = f"{self.layer} checksum 0x{self.stated:04x}: {self.state}"
        computed = self.computed is not None and self.state in ("bad", "offloaded")
        return f"{said}, 0x{self.computed:04x} computed" if computed else said


def pseudo_header(header: Header, length: int, ip: IP, routing: Routing | None = None) -> bytes:
    """The bytes that are summed but not sent: addresses, protocol, length (of header and data).

    With a routing header the last destination counts (RFC 8200, section 8.1). Raises PacketError
    if that is of a type whose last destination netlab does not know.
    """
    if header.CHECKSUM != "pseudo-header" or ip is None:
        return b""
    number = next(number for kind, number in NUMBERS.items() if isinstance(header, kind))
    pseudo = ip.pseudo_header(number, length)
    if routing is None or routing.segments_left == 0 or isinstance(ip, IPv4):
        return pseudo
    last = routing.data[LAST.get(routing.routing_type, slice(0))]
    if len(last) != 16:
        problem = f"type {routing.routing_type} hides the last destination; give checksum="
        raise PacketError(routing.NAME, "Routing Type", problem)
    return pseudo[:16] + last + pseudo[32:]


def compute(header: Header, data: bytes, ip: IP = None, routing: Routing | None = None) -> int:
    """What the checksum should be; data: the header's bytes and, unless it covers itself alone,
    what it carries."""
    at = header.where("checksum") // 8
    pseudo = pseudo_header(header, len(data), ip, routing)
    found = internet_checksum(pseudo + data[:at] + b"\0\0" + data[at + 2 :])
    return found or 0xFFFF if isinstance(header, UDP) else found  # UDP: 0 would say "not used"


def judge(header: Header, data: bytes, ip: IP = None, routing: Routing | None = None) -> Verdict:
    """Compare the checksum with the bytes it covers: data as for compute."""
    stated = header.__dict__["checksum"]
    none = isinstance(header, UDP) and stated == 0
    if none and isinstance(ip, IPv4):
        return Verdict(header.NAME, "absent", stated, None)
    try:
        pseudo = pseudo_header(header, len(data), ip, routing)
    except PacketError:
        return unknown(header)
    state = "bad"  # also a UDP 0 over IPv6, where a checksum must be (RFC 8200, section 8.1)
    if ones_complement_sum(pseudo + data) == 0xFFFF and not none:
        state = "good"
    elif pseudo and stated == ones_complement_sum(pseudo):
        state = "offloaded"
    return Verdict(header.NAME, state, stated, compute(header, data, ip, routing))


def unknown(header: Header) -> Verdict:
    """The verdict where not all bytes are here."""
    return Verdict(header.NAME, "unknown", header.__dict__["checksum"], None)
