"""Random packets of all kinds, equal for equal seeds."""

from __future__ import annotations

from random import Random

from netlab.packets import (
    ARP,
    ICMP,
    TCP,
    UDP,
    VLAN,
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
    Packet,
    Routing,
    icmpv6,
    ones_complement_sum,
)
from netlab.packets import tcp_options as t
from netlab.packets.ipv4_options import LooseSourceRoute, RecordRoute, RouterAlert
from netlab.packets.options import NoOperation, Option6, Pad1, PadN, RouterAlert6, UnknownOption
from netlab.packets.verify import pseudo_header


def packets(seed: int, count: int) -> list[Packet]:
    """Frames of every kind in turn; their fields, options, payloads and faults are drawn."""
    random = Random(seed)
    return [one(random, KINDS[i % len(KINDS)]) for i in range(count)]


def one(random: Random, kind: str) -> Packet:
    frame: list[Header] = [Ethernet(source=mac(random), destination=mac(random))]
    if random.random() < 0.1:
        tag = VLAN(priority=number(random, 3), drop_eligible=flag(random), vlan=number(random, 12))
        frame.append(tag)
    if kind == "arp":
        arp = ARP(
            opcode=random.choice([1, 2, 2, 8]),
            sender_mac=mac(random),
            sender_ip=ipv4(random),
            target_mac=mac(random),
            target_ip=ipv4(random),
        )
        return Packet(*frame, arp, trailer=bytes(random.choice([0, 18])))
    if kind == "other":
        frame[-1] = frame[-1].replace(type=random.choice([0x88B5, 0x88B6]))
        return Packet(*frame, random.randbytes(random.randint(0, 60)))
    version, inner = kind.split()
    payload = random.randbytes(random.choice([0, 1, 2, 5, 20, 64, 300, 1200]))
    ip = ip4(random) if version == "ip4" else ip6(random)
    extensions = extras(random) if version == "ip6" and random.random() < 0.4 else []
    if inner == "fragment":
        later = random.choice([0, 0, 1, 185, number(random, 13) % 8000])
        more = flag(random) or later == 0
        if isinstance(ip, IPv4):
            ip = ip.replace(
                fragment_offset=later, more_fragments=more, protocol=random.choice([1, 6, 17])
            )
        else:
            extensions.append(
                Fragment(
                    next_header=random.choice([6, 17, 58]),
                    fragment_offset=later,
                    more_fragments=more,
                    identification=number(random, 32),
                )
            )
        if later == 0:  # whole words: RFC 791; long enough for any header
            payload = random.randbytes(8 * random.randint(8, 40))
            payload = b"\x30\x39\x30\x3a" + payload[4:12] + b"\x50" + payload[13:]
            payload = b"\x08\x00" + payload[2:] if getattr(ip, "protocol", 0) == 1 else payload
            payload = b"\x80\x00" + payload[2:] if _next(ip, extensions) == 58 else payload
        return Packet(*frame, ip, *extensions, payload)
    header = {"tcp": tcp, "udp": udp, "icmp": icmp, "icmp6": icmp6, "other": other}[inner](random)
    if header is None:
        last = extensions.pop() if extensions else None
        rest = {"next_header": 253} if version == "ip6" else {"protocol": 253}
        stack = [ip.replace(**rest)] if last is None else [ip, *extensions, last.replace(**rest)]
        return Packet(*frame, *stack, payload)
    if isinstance(header, (ICMPUnreachable, ICMPTimeExceeded, ICMPParameterProblem, ICMPRedirect)):
        payload = bytes(Packet(ip4(random), udp(random), payload))[: 28 + 4 * random.randint(0, 9)]
    if isinstance(header, icmpv6.ICMPv6Error):
        payload = bytes(Packet(ip6(random), tcp(random), payload))[:1232]
    if isinstance(header, ICMPv6) and header.type >= 133:
        payload = bytes([1, 1]) + random.randbytes(6) if flag(random) else b""
    whole = Packet(*frame, ip, *extensions, header, payload, trailer=pad(random))
    return spoiled(random, whole)


def spoiled(random: Random, packet: Packet) -> Packet:
    """Now and then a wrong checksum, none, or one left to the network card."""
    fate = random.random()
    headers = list(packet)
    last = headers[-1]
    if fate < 0.05:
        last = last.replace(checksum=number(random, 16))
    elif fate < 0.1 and isinstance(last, UDP):
        last = last.replace(checksum=0)
    elif fate < 0.13 and isinstance(packet.ip, IPv4):
        at = headers.index(packet.ip)
        headers[at] = packet.ip.replace(checksum=number(random, 16))
    elif fate < 0.18 and isinstance(last, TCP | UDP | ICMPv6):
        size = last.size + len(packet.payload)
        pseudo = pseudo_header(last, size, packet.ip, packet.get(Routing))
        last = last.replace(checksum=ones_complement_sum(pseudo))
    return Packet(*headers[:-1], last, packet.payload, trailer=packet.trailer)


def _next(ip: Header, extensions: list[Header]) -> int | None:
    return getattr(extensions[-1], "next_header", None) if extensions else None


def number(random: Random, bits: int) -> int:
    """Any number of so many bits, the edges often."""
    return random.choice([0, 1, 2**bits - 1, *[random.getrandbits(bits)] * 5])


def flag(random: Random) -> bool:
    return random.random() < 0.5


def mac(random: Random) -> str:
    return (bytes([2]) + random.randbytes(5)).hex(":")


def ipv4(random: Random) -> str:
    return f"{random.choice(['198.51.100', '203.0.113', '192.0.2'])}.{random.randint(1, 254)}"


def ipv6(random: Random) -> str:
    return f"2001:db8:{random.choice(['', '1:'])}:{random.getrandbits(16):x}"


def pad(random: Random) -> bytes:
    return bytes(random.choice([0, 0, 0, 6]))


def ip4(random: Random) -> IPv4:
    options = random.choices(
        [
            NoOperation(),
            RouterAlert(),
            RecordRoute(pointer=8, route=(ipv4(random), "0.0.0.0")),
            LooseSourceRoute(pointer=4, route=(ipv4(random),)),
            UnknownOption(kind=random.choice([30, 94, 158]), data=random.randbytes(3)),
        ],
        k=random.choice([0, 0, 0, 0, 1, 2, 3]),
    )
    return IPv4(
        source=ipv4(random),
        destination=ipv4(random),
        dscp=number(random, 6),
        ecn=number(random, 2),
        identification=number(random, 16),
        dont_fragment=flag(random),
        reserved=random.random() < 0.05,
        ttl=max(1, number(random, 8)),
        options=tuple(options),
    )


def ip6(random: Random) -> IPv6:
    return IPv6(
        source=ipv6(random),
        destination=ipv6(random),
        dscp=number(random, 6),
        ecn=number(random, 2),
        flow_label=number(random, 20),
        hop_limit=max(1, number(random, 8)),
    )


def extras(random: Random) -> list[Header]:
    padding = [Pad1(), PadN(data=bytes(random.randint(0, 5)))]
    unknown = Option6(type=0x1E, data=random.randbytes(random.randint(0, 9)))
    alert = RouterAlert6(data=b"\0\0")
    hops = HopByHop(options=tuple(random.sample([*padding, alert], random.randint(0, 2))))
    ends = DestinationOptions(options=tuple(random.sample([*padding, unknown], 2)))
    way = Routing(
        routing_type=0,
        extension_length=2,
        segments_left=random.choice([0, 1]),
        data=bytes(4) + Packet(ip6(random), b"").data[8:24],
    )
    return [header for header in (hops, ends, way) if flag(random)]


def udp(random: Random) -> UDP:
    return UDP(source_port=port(random), destination_port=port(random))


def port(random: Random) -> int:
    return random.choice([1, 65535, random.randint(1, 65535)])


def tcp(random: Random) -> TCP:
    left = number(random, 31)
    choices = [
        t.MaximumSegmentSize(mss=number(random, 16)),
        t.WindowScale(shift=random.randint(0, 14)),
        t.SACKPermitted(),
        t.SACK(blocks=tuple((left + i, left + i + 9) for i in range(random.randint(1, 2)))),
        t.Timestamps(value=number(random, 32), echo=number(random, 32)),
        NoOperation(),
        UnknownOption(kind=random.choice([77, 200]), data=random.randbytes(random.randint(0, 2))),
    ]
    options = tuple(random.sample(choices, random.choice([0, 1, 2, 3])))
    flags = random.choice(["syn", "syn ack", "ack", "psh ack", "fin ack", "rst", "urg ack ece cwr"])
    return TCP(
        source_port=port(random),
        destination_port=port(random),
        sequence_number=number(random, 32),
        acknowledgment_number=number(random, 32),
        reserved=random.choice([0, 0, 0, 2]),
        window=number(random, 16),
        urgent_pointer=number(random, 16) if "urg" in flags else 0,
        options=options,
        **dict.fromkeys(flags.split(), True),
    )


def icmp(random: Random) -> ICMP:
    return random.choice(
        [
            ICMPEcho(identifier=number(random, 16), sequence_number=number(random, 16)),
            ICMPEcho(type=0, identifier=number(random, 16), sequence_number=number(random, 16)),
            ICMPUnreachable(code=random.randint(0, 3)),
            ICMPUnreachable(code=4, next_hop_mtu=number(random, 16)),
            ICMPTimeExceeded(code=random.randint(0, 1)),
            ICMPRedirect(code=random.randint(0, 3), gateway=ipv4(random)),
            ICMPParameterProblem(pointer=random.randint(0, 19)),
        ]
    )


def icmp6(random: Random) -> ICMPv6:
    target = ipv6(random)
    return random.choice(
        [
            icmpv6.ICMPv6Echo(identifier=number(random, 16), sequence_number=number(random, 16)),
            icmpv6.ICMPv6Echo(type=129, identifier=number(random, 16)),
            icmpv6.ICMPv6Unreachable(code=random.randint(0, 6)),
            icmpv6.ICMPv6PacketTooBig(mtu=number(random, 32)),
            icmpv6.ICMPv6TimeExceeded(code=random.randint(0, 1)),
            icmpv6.ICMPv6ParameterProblem(code=random.randint(0, 2), pointer=number(random, 32)),
            icmpv6.RouterSolicitation(),
            icmpv6.RouterAdvertisement(
                hop_limit=number(random, 8),
                managed=flag(random),
                other=flag(random),
                router_lifetime=number(random, 16),
                reachable_time=number(random, 32),
                retrans_timer=number(random, 32),
            ),
            icmpv6.NeighborSolicitation(target=target),
            icmpv6.NeighborAdvertisement(
                router=flag(random), solicited=flag(random), override=flag(random), target=target
            ),
            icmpv6.Redirect(target=target, destination=ipv6(random)),
        ]
    )


def other(random: Random) -> None:
    """A protocol for experiments (RFC 3692)."""


KINDS = [
    *["ip4 tcp", "ip6 tcp", "ip4 udp", "ip6 udp", "ip4 icmp", "ip6 icmp6"] * 2,
    *["ip4 fragment", "ip6 fragment", "arp", "ip4 other", "ip6 other", "other"],
]
