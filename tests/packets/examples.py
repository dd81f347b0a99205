"""One well-formed header of every kind, and real packets as a Linux kernel made them."""

from __future__ import annotations

from netlab.packets import (
    ARP,
    ICMP,
    TCP,
    UDP,
    VLAN,
    Cooked,
    DestinationOptions,
    Ethernet,
    Fragment,
    Header,
    HopByHop,
    ICMPEcho,
    ICMPParameterProblem,
    ICMPRedirect,
    ICMPTimeExceeded,
    ICMPUnreachable,
    ICMPv6,
    IPv4,
    IPv6,
    Routing,
    icmpv6,
)
from netlab.packets import ipv4_options as o
from netlab.packets import tcp_options as t
from netlab.packets.options import NoOperation, Option6, Pad1, PadN, RouterAlert6, UnknownOption

# TCP_SAVED_SYN of a connection over loopback, Linux 6.18
REAL_SYN = bytes.fromhex(
    "4500003c8f6240004006ad577f0000017f000001"
    "95e0c8771b9ac03d00000000a002ffd7fe300000"
    "0204ffd70402080ae2b4a511000000000103030a"
)
REAL_SYN6 = bytes.fromhex(
    "600d340d002806400000000000000000000000000000000100000000000000000000000000000001"
    "ea6a937f005866f100000000a002ffc4003000000204ffc40402080a8b0162c8000000000103030a"
)

SYN_OPTIONS = (
    t.MaximumSegmentSize(mss=1460),
    t.SACKPermitted(),
    t.Timestamps(value=7, echo=0),
    NoOperation(),
    t.WindowScale(shift=10),
)

HEADERS: list[Header] = [
    header.filled(0)
    for header in (
        Ethernet(source="02:00:00:00:00:01", destination="02:00:00:00:00:02", type=0x0800),
        VLAN(priority=5, vlan=7, type=0x86DD),
        Cooked(packet_type=4, address=0x0200000000010000, type=0x0800),
        ARP(sender_ip="198.51.100.1", target_ip="198.51.100.2", sender_mac="02:00:00:00:00:01"),
        IPv4(source="198.51.100.1", destination="203.0.113.2", protocol=6, checksum=0xABCD),
        IPv4(
            protocol=17,
            checksum=1,
            options=(
                o.RouterAlert(),
                o.RecordRoute(route=("198.51.100.9", "0.0.0.0"), pointer=8),
                UnknownOption(kind=94, data=b"abc"),
            ),
        ),
        IPv6(source="2001:db8::1", destination="2001:db8::2", next_header=6, flow_label=0xABCDE),
        HopByHop(next_header=6, options=(RouterAlert6(data=b"\0\0"), Pad1(), PadN(data=b""))),
        DestinationOptions(next_header=6, options=(Option6(type=0x1E, data=b"twelve bytes"),)),
        Routing(next_header=6, segments_left=1, data=bytes(4) + bytes(range(16))),
        Fragment(next_header=17, fragment_offset=185, more_fragments=True, identification=99),
        UDP(source_port=40000, destination_port=53, checksum=0x1234),
        TCP(source_port=40000, destination_port=80, syn=True, checksum=5, options=SYN_OPTIONS),
        TCP(
            source_port=80,
            destination_port=40000,
            ack=True,
            psh=True,
            checksum=5,
            options=(t.SACK(blocks=((10, 20), (30, 40))), UnknownOption(kind=77, data=b"?")),
        ),
        ICMP(type=13, checksum=0),
        ICMPEcho(identifier=1, sequence_number=2, checksum=3),
        ICMPUnreachable(code=4, next_hop_mtu=1400, checksum=3),
        ICMPRedirect(gateway="198.51.100.7", checksum=3),
        ICMPTimeExceeded(checksum=3),
        ICMPParameterProblem(pointer=9, checksum=3),
        ICMPv6(type=143, checksum=3),
        icmpv6.ICMPv6Echo(identifier=1, sequence_number=2, checksum=3),
        icmpv6.ICMPv6Unreachable(code=4, checksum=3),
        icmpv6.ICMPv6PacketTooBig(mtu=1400, checksum=3),
        icmpv6.ICMPv6TimeExceeded(checksum=3),
        icmpv6.ICMPv6ParameterProblem(pointer=40, checksum=3),
        icmpv6.RouterSolicitation(checksum=3),
        icmpv6.RouterAdvertisement(router_lifetime=1800, managed=True, checksum=3),
        icmpv6.NeighborSolicitation(target="2001:db8::2", checksum=3),
        icmpv6.NeighborAdvertisement(target="2001:db8::2", solicited=True, checksum=3),
        icmpv6.Redirect(target="2001:db8::2", destination="2001:db8::3", checksum=3),
    )
]
NAMES = [f"{type(header).__name__}{i}" for i, header in enumerate(HEADERS)]
