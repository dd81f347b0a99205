"""A thousand packets read by us and by tshark: every field equal. 20 000 in tests/proof."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from random import Random

from netlab.packets import Packet, PacketError
from tests.packets.generate import packets
from tests.packets.oracle import OPINION, complains, differences, tshark


def test_a_thousand_packets_as_tshark_reads_them(tmp_path: Path) -> None:
    start = time.perf_counter()
    compare_sound(tmp_path, seed=1, count=1000)
    assert time.perf_counter() - start < 10


def test_a_thousand_spoiled_packets_as_tshark_reads_them(tmp_path: Path) -> None:
    compare_spoiled(tmp_path, seed=2, count=1000)


def compare_sound(folder: Path, seed: int, count: int) -> Counter[str]:
    frames = [packet.data for packet in packets(seed, count)]
    kinds: Counter[str] = Counter()
    for frame, theirs in zip(frames, tshark(frames, folder), strict=True):
        packet = Packet.parse(frame)
        assert not differences(packet, theirs), packet
        kinds.update(header.NAME for header in packet)
        kinds.update(f"{verdict.layer} {verdict.state}" for verdict in packet.verify())
    print(dict(kinds))
    return kinds


def compare_spoiled(folder: Path, seed: int, count: int) -> Counter[tuple[str, str]]:
    """Packets cut short, or with a byte changed: never another value than tshark's."""
    random = Random(seed)
    frames = [spoil(random, packet.data) for packet in packets(seed, count)]
    opinions: Counter[tuple[str, str]] = Counter()
    for frame, theirs in zip(frames, tshark(frames, folder, OPINION), strict=True):
        opinion = complains(theirs)
        try:
            packet = Packet.parse(frame)
        except PacketError as error:
            opinions["error", opinion] += 1
            # tshark passes over an IPv6 option longer than its header
            assert opinion != "content" or "Length of option" in str(error), error
            packet = Packet.parse(frame, strict=False)
            assert not differences(packet, theirs, spoiled=True), packet
        else:
            opinions["read", opinion] += 1
            assert not differences(packet, theirs, spoiled=True), packet
    print(dict(opinions))
    # tshark reads on where we keep a payload: ARP of other address sizes, what ICMP quotes
    assert opinions["read", "malformed"] <= count / 100
    return opinions


def spoil(random: Random, frame: bytes) -> bytes:
    if random.random() < 0.5:
        return frame[: random.randrange(len(frame))]
    changed = bytearray(frame)
    at = min(len(frame) - 1, random.randrange(12, 80))
    changed[at] = random.choice([0, 255, changed[at] ^ 1 << random.randrange(8)])
    return bytes(changed)
