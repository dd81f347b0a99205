"""Packets: layers, lengths, fragments, what is cut or wrong, and how they read in one line."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from netlab.packets import (
    ARP,
    TCP,
    UDP,
    VLAN,
    Cooked,
    Ethernet,
    Fragment,
    HopByHop,
    ICMPEcho,
    ICMPTimeExceeded,
    ICMPv6,
    IPv4,
    IPv6,
    Packet,
    PacketError,
    Relative,
    Routing,
    TruncatedError,
    icmpv6,
)
from tests.packets.examples import REAL_SYN, SYN_OPTIONS
from tests.packets.generate import KINDS, packets

FRAME = Ethernet(source="02:00:00:00:00:01", destination="02:00:00:00:00:02")
HERE = IPv4(source="198.51.100.1", destination="198.51.100.2")
HERE6 = IPv6(source="2001:db8::1", destination="2001:db8::2")
SYN = TCP(source_port=40000, destination_port=80, syn=True, options=SYN_OPTIONS)


def test_building_fills_in_what_was_left_out() -> None:
    packet = Packet(FRAME, HERE, SYN, b"hello")
    assert packet[Ethernet].type == 0x0800
    assert (packet[IPv4].ihl, packet[IPv4].total_length, packet[IPv4].protocol) == (5, 65, 6)
    assert packet[TCP].data_offset == 10
    assert [str(verdict.state) for verdict in packet.verify()] == ["good", "good"]
    assert Packet.parse(bytes(packet)) == packet
    assert hash(Packet.parse(bytes(packet))) == hash(packet)
    assert repr(packet) == "<Packet of 79 bytes: TCP 40000 → 80 SYN seq=0 5 bytes>"


def test_what_is_given_stays() -> None:
    packet = Packet(HERE.replace(total_length=9, ihl=7, checksum=1), UDP(length=0, checksum=2))
    assert packet[IPv4].total_length == 9 and packet[IPv4].ihl == 7
    assert (packet[UDP].length, packet[UDP].checksum) == (0, 2)
    assert bytes(packet)[2:4] == b"\0\x09"


def test_layers_and_where_they_are() -> None:
    packet = Packet.parse(bytes(Packet(FRAME, HERE, SYN, b"hello", trailer=b"pad")))
    assert [(layer.name, layer.start, layer.stop, layer.end) for layer in packet.layers] == [
        ("Ethernet", 0, 14, 82),
        ("IPv4", 14, 34, 79),
        ("TCP", 34, 74, 79),
        ("payload", 74, 79, 79),
        ("trailer", 79, 82, 82),
    ]
    assert packet.parts() == [
        *[("Ethernet", 14), ("IPv4", 20), ("TCP", 40), ("payload", 5), ("trailer", 3)]
    ]
    assert [header.NAME for header in packet] == ["Ethernet", "IPv4", "TCP"]
    assert packet[0] is packet.ethernet and packet[-1] is packet.tcp and packet[IPv4] is packet.ip
    assert packet.udp is packet.arp is packet.icmp is packet.vlan is None
    assert (packet.payload, packet.trailer, len(packet)) == (b"hello", b"pad", 82)
    with pytest.raises(LookupError, match="no UDP header; it has Ethernet, IPv4, TCP"):
        packet[UDP]


def test_a_byte_knows_its_fields() -> None:
    packet = Packet(FRAME, HERE, SYN, b"hello")
    layer, fields = packet.at(34 + 13)
    assert layer.name == "TCP" and [f.label for f in fields][-2:] == ["SYN", "FIN"]
    assert packet.at(14 + 8)[1][0].text == "64 hops"
    assert packet.at(78) == (packet.layers[-1], ())
    with pytest.raises(IndexError, match="bytes 0 to 78; got 79"):
        packet.at(79)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
@example(75)  # a first fragment of UDP whose length says less than there is
def test_packets_of_all_kinds_come_back(seed: int) -> None:
    for packet in packets(seed, len(KINDS)):
        read = Packet.parse(packet.data)
        assert bytes(read) == packet.data
        assert b"".join(map(bytes, read)) + read.payload + read.trailer == packet.data
        assert Packet(*read, read.payload, trailer=read.trailer) == read
        assert sum(size for _, size in read.parts()) == len(packet.data)
        read.summary(), read.verify(), [header.describe() for header in read]


@settings(deadline=None)
@given(st.binary(max_size=120), st.sampled_from(["ethernet", "ip", "cooked"]))
def test_any_bytes_give_a_packet_or_a_packet_error(data: bytes, first: str) -> None:
    lenient = Packet.parse(data, first, strict=False)
    assert b"".join(map(bytes, lenient)) + lenient.payload + lenient.trailer == data
    lenient.summary(), lenient.verify()
    try:
        assert Packet.parse(data, first) == lenient and lenient.error is None
    except PacketError as error:
        assert str(lenient.error) == str(error)


@pytest.mark.parametrize(
    "whole",
    [
        Packet(FRAME, HERE, SYN, b"hello"),
        Packet(FRAME, VLAN(), HERE, UDP(), b"hello"),
        Packet(FRAME, HERE6, HopByHop(), Routing(data=bytes(20)), UDP(), b"hello"),
        Packet(FRAME, HERE6, icmpv6.NeighborSolicitation(target="2001:db8::2")),
        Packet(FRAME, HERE, ICMPEcho(), b"hello"),
        Packet(FRAME, ARP()),
    ],
    ids=repr,
)
def test_a_packet_cut_anywhere_is_an_error(whole: Packet) -> None:
    for size in range(len(whole)):
        with pytest.raises(TruncatedError) as caught:
            Packet.parse(whole.data[:size])
        assert f"{caught.value.expected} bytes, got {caught.value.actual}" in str(caught.value)
        read = Packet.parse(whole.data[:size], strict=False)
        assert str(read.error) == str(caught.value)
        assert list(read) == list(whole)[: len(list(read))], "what was read is right"
        assert all(v.state in ("good", "unknown") for v in read.verify())


@pytest.mark.parametrize(
    ("packet", "problem"),
    [
        (Packet(HERE.replace(version=5), UDP()), "IP, Version: expected 4 or 6, got 5"),
        (Packet(HERE.replace(total_length=19), UDP()), "IPv4, Total Length: expected at least the"),
        (Packet(HERE.replace(total_length=40), UDP()), "IPv4, Total Length: expected 40 bytes"),
        (Packet(HERE, UDP(length=7)), "UDP, Length: expected at least the header's 8 bytes, got 7"),
        (Packet(HERE, UDP(length=9)), "UDP, Length: expected 9 bytes, got 8"),
        (Packet(HERE, TCP(data_offset=4)), "TCP, Data Offset: expected a header of at least 20"),
        (Packet(HERE6.replace(payload_length=7), UDP()), "UDP, Checksum: expected a header of 8"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_contradicts_itself_is_an_error(packet: Packet, problem: str) -> None:
    with pytest.raises(PacketError) as caught:
        Packet.parse(packet.data, "ip")
    assert str(caught.value).startswith(problem)


def test_the_wrong_version_in_a_frame() -> None:
    frame = Packet(FRAME.replace(type=0x0800), HERE6, UDP())
    with pytest.raises(PacketError, match="IPv4, Version: expected 4, got 6"):
        Packet.parse(frame.data)
    with pytest.raises(ValueError, match='first is "ethernet", "ip" or "cooked"; got \'udp\''):
        Packet.parse(b"", "udp")
    with pytest.raises(TypeError, match="a packet is read from bytes; got 'text'"):
        Packet.parse("text")  # type: ignore[arg-type]


def test_a_snaplen_keeps_the_headers() -> None:
    packet = Packet.parse(Packet(FRAME, HERE, SYN, bytes(500)).data[:96], strict=False)
    assert packet.tcp is not None and packet.tcp.options == SYN_OPTIONS
    assert len(packet.payload) == 22
    assert str(packet.error).startswith("IPv4, Total Length: expected 560 bytes, got 82")
    assert [verdict.state for verdict in packet.verify()] == ["good", "unknown"]


def test_only_the_first_fragment_has_the_header() -> None:
    whole = Packet(HERE, SYN, bytes(100))
    data = whole.data[20:]
    first = Packet(HERE.replace(protocol=6, more_fragments=True), data[:80])
    second = Packet(HERE.replace(protocol=6, fragment_offset=10), data[80:])
    first, second = (Packet.parse(packet.data, "ip") for packet in (first, second))
    assert first.tcp == whole.tcp and len(first.payload) == 40
    assert [verdict.state for verdict in first.verify()] == ["good", "unknown"]
    assert second.tcp is None and second.payload == data[80:]
    assert second.summary() == (
        "IPv4 198.51.100.1 → 198.51.100.2 fragment, bytes 80–139 of packet 0, protocol 6 (TCP)"
    )
    tiny = Packet.parse(Packet(HERE.replace(protocol=6, more_fragments=True), data[:8]).data, "ip")
    assert tiny.tcp is None and tiny.payload == data[:8] and tiny.error is None


def test_a_first_fragment_of_udp_is_shorter_than_its_length() -> None:
    data = Packet(HERE, UDP(), bytes(100)).data[20:]
    for ip in ([HERE.replace(protocol=17, more_fragments=True)],
               [HERE6, Fragment(next_header=17, more_fragments=True)]):  # fmt: skip
        first = Packet.parse(Packet(*ip, data[:48]).data, "ip")
        assert first[UDP].length == 108 and len(first.payload) == 40
        with pytest.raises(PacketError, match="it covers all fragments, and this is one of them"):
            Packet(*ip, UDP(), b"half of it")
    later = Packet.parse(
        Packet(HERE6, Fragment(next_header=17, fragment_offset=6), b"x").data, "ip"
    )
    assert later.udp is None and "fragment, bytes 48–48 of packet 0" in later.summary()
    alone = Packet(HERE6, Fragment(), UDP(), b"x")  # nothing was cut: RFC 6946
    assert Packet.parse(alone.data, "ip").udp == alone.udp


def test_padding_and_lengths_in_frames() -> None:
    padded = Packet.parse(Packet(FRAME, ARP(), trailer=bytes(18)).data)
    assert padded.arp and padded.payload == b"" and padded.trailer == bytes(18)
    old = Packet.parse(Packet(FRAME.replace(type=3), b"abc", trailer=bytes(43)).data)
    assert old.payload == b"abc" and old.trailer == bytes(43)
    strange = Packet.parse(Packet(FRAME.replace(type=0x0806), bytes(28)).data)
    assert strange.arp is None and strange.payload == bytes(28)


def test_checksums_that_may_be_missing() -> None:
    states = [p.verify()[-1].state for p in (
        Packet(HERE, UDP(checksum=0), b"x"),
        Packet(HERE6, UDP(checksum=0), b"x"),
        Packet(HERE, UDP(checksum=7), b"x"),
        Packet(HERE6, Routing(routing_type=99, segments_left=1), UDP(checksum=7), b"x"),
    )]  # fmt: skip
    assert states == ["absent", "bad", "bad", "unknown"]


def test_only_a_checksum_with_a_pseudo_header_can_be_offloaded() -> None:
    packet = Packet(HERE.replace(checksum=0), ICMPEcho(checksum=0))
    assert [verdict.state for verdict in packet.verify()] == ["bad", "bad"]


def test_a_udp_checksum_of_zero_is_sent_as_ones() -> None:
    packet = Packet(HERE, UDP(), b"\0\0")
    payload = packet[UDP].checksum.to_bytes(2, "big")  # now the sum is all ones already
    packet = Packet(HERE, UDP(), payload)
    assert packet[UDP].checksum == 0xFFFF and packet.verify()[-1].state == "good"


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ([HERE, b"x"], "IPv4, Protocol: no number is known for bytes alone; give protocol="),
        ([FRAME, ICMPEcho()], "Ethernet, Type: no number is known for ICMP; give type="),
        ([UDP(), b"x"], "UDP, Checksum: it covers the addresses too"),
        ([HERE6, Routing(routing_type=9, segments_left=1), UDP()], "Routing, Routing Type: type 9"),
    ],
)
def test_what_cannot_be_filled_in(parts: list[object], problem: str) -> None:
    with pytest.raises(PacketError) as caught:
        Packet(*parts)  # type: ignore[arg-type]
    assert str(caught.value).startswith(problem)
    with pytest.raises(TypeError, match="headers and then bytes; got b'early'"):
        Packet(b"early", HERE)


def test_icmp_errors_quote_the_packet() -> None:
    lost = Packet(HERE.replace(ttl=1), UDP(source_port=40000, destination_port=33434), bytes(32))
    error = Packet(HERE, ICMPTimeExceeded(), lost.data[:28])
    assert error.quoted and error.quoted.udp == lost.udp and error.quoted.ip == lost.ip
    assert error.summary() == ("ICMP time to live exceeded in transit for UDP 40000 → 33434")
    short = Packet(HERE, ICMPTimeExceeded(), Packet(HERE, SYN).data[:28]).quoted
    assert short and short.error and [f.text for f in short.error.fields] == ["40000", "80", "0"]
    assert Packet(HERE, ICMPEcho(), b"x").quoted is None


def test_one_line_each() -> None:
    assert [packet.summary() for packet in (
        Packet(HERE, ICMPEcho(identifier=7, sequence_number=1), b"x"),
        Packet(HERE6, icmpv6.ICMPv6Echo(type=129, identifier=7)),
        Packet(HERE6, icmpv6.NeighborSolicitation(target="2001:db8::2")),
        Packet(HERE6, icmpv6.NeighborAdvertisement(target="2001:db8::2")),
        Packet(HERE6, ICMPv6(type=143)),
        Packet(FRAME, ARP(sender_ip="198.51.100.1", target_ip="198.51.100.2")),
        Packet(FRAME, ARP(opcode=2, sender_ip="198.51.100.1", sender_mac="02:00:00:00:00:01")),
        Packet(HERE.replace(protocol=47), b"xx"),
        Packet(HERE6),
        Packet(HERE6, HopByHop(next_header=253), b"x"),
        Packet(FRAME.replace(type=0x88B5), b"x"),
        Packet(FRAME, VLAN(type=0x88B5), b"x"),
        Packet(Cooked(type=0x88B5), b"x"),
        Packet(b"x"),
    )] == [
        "ICMP echo request id=7 seq=1 1 byte",
        "ICMPv6 echo reply id=7 seq=0",
        "ICMPv6 who has 2001:db8::2? tell 2001:db8::1",
        "ICMPv6 2001:db8::2 is here",
        "ICMPv6 type 143 code 0",
        "ARP who has 198.51.100.2? tell 198.51.100.1",
        "ARP 198.51.100.1 is at 02:00:00:00:00:01",
        "IPv4 198.51.100.1 → 198.51.100.2 protocol 47 2 bytes",
        "IPv6 2001:db8::1 → 2001:db8::2 next header 59 (nothing)",
        "IPv6 2001:db8::1 → 2001:db8::2 next header 253 1 byte",
        "Ethernet 02:00:00:00:00:01 → 02:00:00:00:00:02 type 0x88b5 1 byte",
        "802.1Q type 0x88b5 1 byte",
        "Linux cooked type 0x88b5 1 byte",
        "1 byte",
    ]  # fmt: skip


def test_quotes_in_quotes_are_not_told_without_end() -> None:
    data = b""
    for _ in range(1500):
        data = Packet(HERE, ICMPTimeExceeded(), data).data if len(data) < 65_000 else data
    assert Packet.parse(data, "ip").summary() == "ICMP time to live exceeded in transit"


def test_sequence_numbers_counted_from_the_start() -> None:
    def segment(out: bool, seq: int, acked: int, payload: bytes = b"", **flags: bool) -> Packet:
        ip = HERE if out else HERE.replace(source=HERE.destination, destination=HERE.source)
        ports = (40000, 80) if out else (80, 40000)
        flags.setdefault("ack", True)
        return Packet(ip, TCP(source_port=ports[0], destination_port=ports[1], sequence_number=seq,
                              acknowledgment_number=acked, **flags), payload)  # fmt: skip

    talk = [
        segment(True, 2**32 - 1, 0, syn=True, ack=False),
        segment(False, 5000, 0, syn=True),
        segment(True, 0, 5001),
        segment(True, 0, 5001, b"hello", psh=True),
        segment(False, 5001, 5),
    ]
    relative = Relative()
    assert [packet.summary(relative) for packet in talk] == [
        "TCP 40000 → 80 SYN seq=0",
        "TCP 80 → 40000 SYN, ACK seq=0 ack=1",
        "TCP 40000 → 80 ACK seq=1 ack=1",
        "TCP 40000 → 80 PSH, ACK seq=1 ack=1 5 bytes",
        "TCP 80 → 40000 ACK seq=1 ack=6",
    ]
    later = Relative()
    assert [later.numbers(packet) for packet in talk[3:]] == [(1, 1), (1, 6)]


def test_a_segment_costs_no_more_than_1500_additions() -> None:
    """Idle, 10 000 take 0.4 to 0.6 s: beside additions, for the machine may be busy."""
    data = Packet(FRAME, HERE, TCP.parse(REAL_SYN[20:]), bytes(1000)).data

    def parse() -> None:
        for _ in range(1000):
            Packet.parse(data)

    def add() -> None:
        total = 0
        for number in range(1_000_000):
            total += number

    assert min(_timed(parse) / _timed(add) for _ in range(7)) < 1.5


def _timed(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
