"""20 000 packets of all kinds, and 20 000 spoiled ones, read by us and by tshark."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packets.test_tshark import compare_sound, compare_spoiled

pytestmark = pytest.mark.proof


def test_all_fields_are_as_tshark_reads_them(tmp_path: Path) -> None:
    kinds = compare_sound(tmp_path, seed=20_000, count=20_000)
    assert all(kinds[name] >= 500 for name in ("TCP", "UDP", "ICMP", "ICMPv6", "ARP", "Fragment"))
    states = ("TCP good", "TCP bad", "TCP offloaded", "UDP absent", "TCP unknown")
    assert all(kinds[state] >= 50 for state in states), kinds


def test_spoiled_packets_give_an_error_or_the_same_values(tmp_path: Path) -> None:
    compare_spoiled(tmp_path, seed=20_001, count=20_000)
