"""The Internet checksum against RFC 1071 and against real packets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from netlab.packets import TCP, IPv4, IPv6, Packet, internet_checksum, ones_complement_sum
from tests.packets.examples import REAL_SYN, REAL_SYN6


def test_the_example_of_rfc_1071() -> None:
    assert ones_complement_sum(bytes.fromhex("0001 f203 f4f5 f6f7")) == 0xDDF2
    assert internet_checksum(bytes.fromhex("0001 f203 f4f5 f6f7")) == 0x220D


@given(st.binary(max_size=3000))
def test_it_is_the_sum_word_by_word_with_carries_folded(data: bytes) -> None:
    total = 0
    for at in range(0, len(data), 2):
        total += data[at] << 8 | (data[at + 1] if at + 1 < len(data) else 0)
        total = (total & 0xFFFF) + (total >> 16)
    assert ones_complement_sum(data) == total
    assert internet_checksum(data) == ~total & 0xFFFF


@given(st.binary(min_size=2, max_size=100).filter(lambda data: len(data) % 2 == 0))
def test_data_and_their_checksum_sum_to_ones(data: bytes) -> None:
    assert ones_complement_sum(data + internet_checksum(data).to_bytes(2, "big")) == 0xFFFF


@given(st.permutations(range(6)), st.binary(min_size=12, max_size=12))
def test_words_in_another_order_are_not_noticed(order: list[int], data: bytes) -> None:
    shuffled = b"".join(data[2 * i : 2 * i + 2] for i in order)
    assert internet_checksum(shuffled) == internet_checksum(data)


def test_a_known_header() -> None:
    raw = bytes.fromhex("45000073000040004011b861c0a80001c0a800c7")
    assert internet_checksum(raw) == 0
    assert internet_checksum(raw[:10] + b"\0\0" + raw[12:]) == 0xB861
    assert bytes(IPv4.parse(raw)) == raw


def test_a_kernel_leaves_the_sum_of_the_pseudo_header_on_loopback() -> None:
    """Checksum offload: IPv4's own checksum is right, TCP's was left to a card that is not."""
    packet = Packet.parse(REAL_SYN, "ip")
    ip, tcp = packet.verify()
    assert ip.state == "good" and ip.ok
    assert tcp.state == "offloaded" and not tcp.ok
    pseudo = packet[IPv4].pseudo_header(6, 40)
    assert tcp.stated == ones_complement_sum(pseudo) == 0xFE30
    assert str(tcp) == "TCP checksum 0xfe30: offloaded, 0x8e08 computed"
    mended = Packet(packet[IPv4], packet[TCP].replace(checksum=None))
    assert [verdict.state for verdict in mended.verify()] == ["good", "good"]
    assert mended[TCP].checksum == tcp.computed


def test_the_same_over_ipv6() -> None:
    packet = Packet.parse(REAL_SYN6, "ip")
    assert [str(v) for v in packet.verify()] == ["TCP checksum 0x0030: offloaded, 0x7b28 computed"]
    assert packet[IPv6].pseudo_header(6, 40).endswith(bytes([0, 0, 0, 40, 0, 0, 0, 6]))
