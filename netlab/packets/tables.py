"""Which number means which header: the two tables that link one layer to the next."""

from __future__ import annotations

from netlab.packets.arp import ARP
from netlab.packets.ethernet import VLAN
from netlab.packets.header import Header, HeaderType
from netlab.packets.icmp import ICMP
from netlab.packets.icmpv6 import ICMPv6
from netlab.packets.ipv4 import IPv4
from netlab.packets.ipv6 import DestinationOptions, Fragment, HopByHop, IPv6, Routing
from netlab.packets.tcp import TCP
from netlab.packets.udp import UDP

NEXT: dict[str, dict[int, HeaderType]] = {
    "": {},  # nothing that netlab knows follows
    "EtherType": {0x0800: IPv4, 0x0806: ARP, 0x8100: VLAN, 0x86DD: IPv6},
    "protocol": {
        0: HopByHop,
        1: ICMP,
        6: TCP,
        17: UDP,
        43: Routing,
        44: Fragment,
        58: ICMPv6,
        60: DestinationOptions,
    },
}


def number_of(table: str, header: Header) -> int | None:
    """The number that announces this header, or None."""
    for number, kind in NEXT[table].items():
        if type(header) is kind or (kind in (ICMP, ICMPv6) and isinstance(header, kind)):
            return number
    return None
