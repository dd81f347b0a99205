"""Trace: what the links saw, cut, counted, told and kept; no network is needed."""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path

import pytest

from netlab.network.cut import cut
from netlab.network.rows import ROW
from netlab.network.trace import Trace
from netlab.packets import TCP, UDP, Ethernet, Header, IPv4, IPv6, Packet, Relative, read_pcap
from netlab.packets.tcp_options import Timestamps
from tests.network.packets import MSS, Tape, bulk, echo, handshake, loss, tcp

ECHO = """\
10 packets between alice and r1 (rootless network)
 1  alice → r1  TCP SYN seq=0
 2  r1 → alice  TCP SYN, ACK seq=0 ack=1
 3  alice → r1  TCP ACK seq=1 ack=1
 4  alice → r1  TCP PSH, ACK seq=1 ack=1 5 bytes
 5  r1 → alice  TCP ACK seq=1 ack=6
 6  r1 → alice  TCP PSH, ACK seq=1 ack=6 5 bytes
 7  alice → r1  TCP ACK seq=6 ack=6
 8  alice → r1  TCP FIN, ACK seq=6 ack=6
 9  r1 → alice  TCP FIN, ACK seq=6 ack=7
10  alice → r1  TCP ACK seq=7 ack=7"""


# -- cutting ------------------------------------------------------------------------------------


def super_segment(size: int, ip: Header, first: str) -> bytes:
    """What the kernel hands over: whole lengths, and no more than a start of the checksum."""
    head = TCP(
        source_port=40000, destination_port=7, sequence_number=2**32 - 1000, ack=True, psh=True,
        fin=True, cwr=True, options=(Timestamps(value=1, echo=2),), checksum=0x1234,
    )  # fmt: skip
    frame = [Ethernet()] if first == "ethernet" else []
    return bytes(Packet(*frame, ip, head, bytes(i % 251 for i in range(size))))


@pytest.mark.parametrize("first", ["ip", "ethernet"])
@pytest.mark.parametrize("ip", [IPv4(identification=65534, source="198.51.100.1"), IPv6()])
@pytest.mark.parametrize("size", [1, MSS, MSS + 1, 10 * MSS, 40_001])
def test_a_super_segment_is_cut_as_a_network_card_would(size: int, ip: Header, first: str) -> None:
    whole = super_segment(size, ip, first)
    packets = [Packet.parse(piece, first) for piece in cut(whole, first, MSS)]
    assert len(packets) == -(-size // MSS)
    assert b"".join(packet.payload for packet in packets) == Packet.parse(whole, first).payload
    for number, packet in enumerate(packets):
        assert [verdict.state for verdict in packet.verify()] in (["good"], ["good", "good"])
        head, last = packet[TCP], number == len(packets) - 1
        assert head.sequence_number == (2**32 - 1000 + number * MSS) % 2**32
        assert (head.psh, head.fin, head.cwr) == (last, last, number == 0)
        assert head.ack and head.options[0] == Timestamps(value=1, echo=2)
        if isinstance(packet.ip, IPv4):
            assert packet.ip.identification == (65534 + number) % 2**16


def test_cutting_agrees_with_building_from_scratch() -> None:
    ip = IPv4(source="198.51.100.1", destination="198.51.100.2", identification=7)
    whole = Packet(ip, TCP(sequence_number=100, ack=True, psh=True), bytes(range(200)))
    one = Packet(ip, TCP(sequence_number=100, ack=True), bytes(range(150)))
    two = Packet(
        ip.replace(identification=8),
        TCP(sequence_number=250, ack=True, psh=True),
        bytes(range(150, 200)),
    )
    assert cut(bytes(whole), "ip", 150) == [bytes(one), bytes(two)]


def test_what_is_not_tcp_stays_whole() -> None:
    datagram = bytes(Packet(IPv4(), UDP(), b"x" * 3000))
    assert cut(datagram, "ip", 1000) == [datagram]


def test_rows_of_several_segments_are_cut_when_they_are_read() -> None:
    tape = Tape("alice", "r1")
    data = super_segment(3 * MSS, IPv4(), "ip")
    tape.seen(0.0, "alice", "r1", data, mss=MSS)
    tape.seen(1.0, "alice", "r1", data[:99])
    trace = tape.trace()
    assert [seen.number for seen in trace] == [1, 2, 3, 4]
    assert [(seen.time, seen.left) for seen in trace[:3]] == [(0.0, 0.005)] * 3
    assert [seen.length for seen in trace] == [52 + MSS] * 3 + [99]
    assert trace[3].packet.error is not None  # it says so, and nothing is raised


# -- a sequence ---------------------------------------------------------------------------------


def test_a_listing_is_the_same_whatever_ports_numbers_and_times_are() -> None:
    one = echo(Tape("alice", "r1")).trace()
    other = echo(Tape("alice", "r1", delay=0.02, began=5), at=3.0, port=51234).trace()
    assert repr(one) == repr(other) == ECHO
    assert repr(one[3]) == "alice → r1  TCP PSH, ACK seq=1 ack=1 5 bytes"
    assert repr(one[3:4]).endswith("4  alice → r1  TCP PSH, ACK seq=1 ack=1 5 bytes")


def test_a_slice_is_a_trace_and_an_item_is_a_packet() -> None:
    trace = echo(Tape("alice", "r1")).trace()
    assert (len(trace), len(trace[2:5]), trace[-1].number) == (10, 3, 10)
    assert isinstance(trace[2:5], Trace)
    assert trace[2:5] == trace[2:5] != trace[2:6]
    assert (trace[3].packet.payload, trace[3].time) == (b"hello", pytest.approx(0.01009, abs=1e-6))
    assert trace[3].left == pytest.approx(0.01509, abs=1e-6)


def test_numbers_are_those_of_packets_relative() -> None:
    relative = Relative()
    for seen in loss(Tape("alice", "r1")).trace():
        segment = seen.follow.segments[seen.number]
        assert segment[1:3] == relative.numbers(seen.packet) or "ACK" not in segment.flags


def test_a_long_listing_is_folded_and_says_so() -> None:
    lines = repr(bulk(Tape("alice", "r1"), 60).trace(not_kept=3)).splitlines()
    assert lines[1] == "3 earlier packets were not kept: the network remembers a limited number"
    assert lines[26] == "... 60 packets are not shown here; a slice such as [24:48] is"
    assert len(lines) == 3 + 24 + 12
    assert repr(Trace.from_rows(b"", [("alice", "r1")])) == "0 packets (rootless network)"


def test_only_reads_aloud() -> None:
    trace = loss(Tape("alice", "r1", "r2")).trace()
    assert {seen.source for seen in trace.only(source="alice")} == {"alice"}
    assert {seen.target for seen in trace.only("tcp", target="r2")} == {"r2"}
    assert len(trace.only("r1")) == len(trace)
    assert {seen.source for seen in trace.only("r1", "r2")} == {"r1", "r2"}
    assert len(trace.only("udp")) == len(trace.only("arp")) == 0
    assert [seen.number for seen in trace.only(lambda seen: seen.fate)] == [
        seen.number for seen in trace.lost
    ]
    assert len(trace.lost.only("r2")) == 0  # a host of the network, though nothing was lost there
    with pytest.raises(ValueError, match=r"a host \(alice, r1, r2\) or a protocol .*got 'bob'"):
        trace.only("bob")
    with pytest.raises(ValueError, match="got 'bob'"):
        trace.only(source="bob")


def test_lost_packets_say_why_and_never_arrive() -> None:
    (lost,) = loss(Tape("alice", "r1")).trace().lost
    assert (lost.fate, lost.left) == ("lost", None)
    assert repr(lost).endswith("TCP ACK seq=2897 ack=1 1448 bytes  [lost]")


def test_each_connection_is_a_trace() -> None:
    tape = Tape("alice", "r1")
    echo(tape, 0.0, 40000)
    echo(tape, 0.003, 40001)  # at the same time
    handshake(tape, "alice", "r1", 0.5, 40002)
    first, second, third = tape.trace().connections()
    assert [len(first), len(second), len(third)] == [10, 10, 3]
    assert {seen.packet[TCP].source_port for seen in second} == {7, 40001}


def test_ports_used_again_begin_a_new_connection_but_a_repeated_syn_does_not() -> None:
    tape = Tape("alice", "r1")
    tape.send(0.0, "alice", tcp("SYN", 0), fate="lost")
    echo(tape, 1.0)
    assert len(tape.trace().connections()) == 1
    later = tcp("SYN", 5_000_000)
    tape.send(9.0, "alice", later)
    old, new = tape.trace().connections()
    assert (len(old), len(new)) == (11, 1)
    assert repr(new[0]) == "alice → r1  TCP SYN seq=0"


def test_what_was_sent_before_is_known_by_its_bytes() -> None:
    trace = loss(Tape("alice", "r1")).trace()
    again = [seen for seen in trace if seen.follow.segments[seen.number].again]
    assert [repr(seen) for seen in again] == ["alice → r1  TCP ACK seq=2897 ack=1 1448 bytes"]


def test_a_packet_on_its_way_over_three_links_is_one() -> None:
    trace = echo(Tape("alice", "r1", "r2", "bob")).trace()
    journeys = trace.journeys()
    assert (len(trace), len(journeys)) == (30, 10)
    assert {len(journey.hops) for journey in journeys} == {3}
    assert [journey.ends for journey in journeys[:2]] == [("alice", "bob"), ("bob", "alice")]
    assert trace.hosts == ["alice", "r1", "r2", "bob"]


def test_equal_datagrams_are_different_packets() -> None:
    tape = Tape("alice", "r1", "bob")
    data = bytes(Packet(IPv4(dont_fragment=True), UDP(), b"hello"))
    for at in (0.0, 0.001):
        tape.seen(at, "alice", "r1", data)
    for at in (0.005, 0.006):
        tape.seen(at, "r1", "bob", data)
    assert [[hop.time for hop in j.hops] for j in tape.trace().journeys()] == [
        [0.0, 0.005],
        [0.001, 0.006],
    ]


def test_a_copy_and_a_late_packet_are_said_to_be() -> None:
    tape = Tape("alice", "r1")
    tape.send(0.0, "alice", UDP(), b"1", fate="duplicated", again=0.006)
    tape.send(0.1, "alice", UDP(), b"2", fate="reordered", delay=0.02)
    one, two = tape.trace()
    assert (one.left, one.again, two.again) == (0.005, 0.006, None)
    assert repr(one) == "alice → r1  UDP 1 byte  [duplicated]"
    assert repr(two) == "alice → r1  UDP 1 byte  [reordered]"


# -- told ---------------------------------------------------------------------------------------


def test_what_happened_is_told_without_pure_acks() -> None:
    trace = echo(Tape("alice", "r1")).trace()
    quick = trace.only(lambda seen: seen.number not in (5, 7))  # ACKs that may ride on data
    assert trace.told() == quick.told() == (
        "packets between alice and r1: SYN alice → r1; SYN, ACK r1 → alice; "
        "5 bytes alice → r1; 5 bytes r1 → alice; FIN alice → r1; FIN r1 → alice"
    )  # fmt: skip


def test_loss_is_told() -> None:
    trace = loss(Tape("alice", "r1", "bob")).trace()
    assert trace.told().endswith(
        "8688 bytes alice → bob; lost: 1448 bytes  seq 2897; again: 1448 bytes  seq 2897"
    )
    told = {bulk(Tape("alice", "r1"), 90, gone).trace().told() for gone in ((20,), (30, 40))}
    assert len(told) == 1
    assert told.pop().endswith("FIN alice → r1; FIN r1 → alice; some lost; some sent again")


# -- kept ---------------------------------------------------------------------------------------


def test_json_and_back() -> None:
    trace = loss(Tape("alice", "r1", "bob", first="ethernet")).trace(not_kept=5)
    noted = json.loads(json.dumps(trace.as_json()))
    again = Trace.from_json(noted, vehicle="recorded on Linux 6.18")
    assert (again, again.links, again.began_ns) == (trace, trace.links, trace.began_ns)
    assert (again.not_kept, again.vehicle) == (5, "recorded on Linux 6.18")
    assert Trace.from_json(noted).vehicle == "rootless network"
    assert Trace.from_json(trace[:0].as_json()) == trace[:0]


@pytest.mark.parametrize("first", ["ip", "ethernet"])
def test_a_capture_keeps_what_was_lost(tmp_path: Path, first: str) -> None:
    trace = loss(Tape("alice", "r1", first=first)).trace()
    trace.save(tmp_path / "a.pcap")
    pcap = read_pcap(tmp_path / "a.pcap")
    assert (pcap.first, len(pcap)) == (first, len(trace))
    assert pcap.records[0].time_ns == trace.began_ns
    back = Trace.load(tmp_path / "a.pcap")
    assert [seen.data for seen in back] == [seen.data for seen in trace]
    assert back[0].time == 0 == back[0].left
    assert (back[1].source, back[1].target) == ("198.51.100.2", "198.51.100.1")
    assert (back.vehicle, len(back.links), len(back.lost)) == ("a capture file", 1, 0)


def test_a_capture_is_of_one_link(tmp_path: Path) -> None:
    trace = echo(Tape("alice", "r1", "bob")).trace()
    with pytest.raises(ValueError, match=r'got alice -- r1, r1 -- bob; try trace.only\("alice", '):
        trace.save(tmp_path / "a.pcap")
    trace.only("alice", "r1").save(tmp_path / "a.pcap")


@pytest.mark.skipif(sys.platform != "linux", reason="the live engine is Linux only")
def test_rows_are_what_the_engine_writes() -> None:
    from netlab.network import seen

    assert seen.ROW.format == ROW.format
    assert struct.calcsize(ROW.format) == 38
