"""The captures that lie beside lessons: whole packets, right checksums, and tshark agrees."""

from pathlib import Path

import pytest
from lessons import ROOT

from netlab.packets import TCP, Packet, read_pcap
from tests.packets.oracle import complains, tshark

HEADERS = ROOT / "notebooks" / "11-headers"
CAPTURES = sorted(ROOT.glob("notebooks/*/*.pcap"))


@pytest.mark.parametrize("path", CAPTURES, ids=lambda path: path.stem)
def test_no_packet_is_malformed(path: Path, tmp_path: Path) -> None:
    packets = list(read_pcap(path).packets())  # strict: a packet that ends too soon is an error
    assert all(verdict.ok for packet in packets for verdict in packet.verify())
    opinions = tshark([packet.data for packet in packets], tmp_path)
    assert {complains(opinion) for opinion in opinions} == {"content"}


def test_the_sixth_packet_carries_the_request() -> None:
    packets = list(read_pcap(HEADERS / "one-request.pcap").packets())
    assert [len(packet) for packet in packets] == [42, 42, 74, 74, 66, 104, 66, 207, 66, 66, 66, 66]
    assert packets[5].payload == b"GET / HTTP/1.1\r\nHost: 198.51.100.2\r\n\r\n"


def test_the_odd_packets_are_odd_as_the_lesson_says() -> None:
    packets = list(read_pcap(HEADERS / "odd-packets.pcap").packets())
    odd = [(bool(p.ip.options), bool(p.tcp.options), len(p.trailer)) for p in packets]
    options = [(False, False), (True, False), (False, True), (True, True), (False, False)]
    assert odd == [
        (*which, padding) for which, padding in zip(options, [0, 0, 0, 0, 4], strict=True)
    ]


def test_the_saved_syn_is_as_loopback_leaves_it() -> None:
    """Who has no TCP_SAVE_SYN sees the same words as who has."""
    syn = Packet.parse((HEADERS / "loopback-syn.bin").read_bytes(), "ip")
    assert (syn.ip.destination, syn.ip.ttl, syn[TCP].flags) == ("127.0.0.1", 64, "SYN")
    assert [verdict.state for verdict in syn.verify()] == ["good", "offloaded"]
