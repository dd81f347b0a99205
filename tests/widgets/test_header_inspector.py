"""The header inspector without a browser: a byte marks its field, a field its bytes."""

from __future__ import annotations

import html
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from netlab import HeaderInspector
from netlab.packets import TCP, Ethernet, IPv4, Packet, read_pcap
from netlab.widgets.header_inspector import parts
from netlab.widgets.hex_dump import CELL, LEFT

CAPTURE = Path(__file__).parents[2] / "notebooks/11-headers/one-request.pcap"
ODD = CAPTURE.with_name("odd-packets.pcap")


def words(picture: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", picture))


def place(inspector: HeaderInspector, label: str) -> int:
    packet = inspector.controls["packet"].value - 1
    return next(i for i, part in enumerate(inspector.parts[packet]) if part.label == label)


@pytest.mark.parametrize("file", [CAPTURE, ODD])
def test_the_parts_cover_each_packet_to_the_bit(file: Path) -> None:
    for packet in read_pcap(file).packets():
        at = 0
        for part in parts(packet):
            assert part.first == at
            at = part.last + 1
        assert at == 8 * len(packet)


def test_a_byte_marks_its_field_and_says_who_shares_it() -> None:
    with HeaderInspector(CAPTURE) as inspector:
        inspector.controls["packet"].value = 6
        inspector.controls["byte"].value = 14
        assert inspector.list.label == "IPv4 · Version: 4"
        said = words(inspector.picture.value)
        assert "IPv4 · Version (byte 14, 4 bits of 8): 4" in said
        assert "Byte 14 is 0x45, in bits 01000101. This byte also holds IHL." in said
        assert "<b><u>0</u></b><b><u>1</u></b>" in inspector.picture.value
        assert "Marked: byte 14." in inspector.picture.value


def test_a_field_marks_its_bytes() -> None:
    with HeaderInspector(CAPTURE) as inspector:
        inspector.controls["packet"].value = 6
        inspector.controls["field"].value = place(inspector, "Sequence Number")
        assert inspector.controls["byte"].value == 38
        assert "Marked: bytes 38 to 41." in inspector.picture.value
        inspector.controls["byte"].value = 40  # still in the same field
        assert inspector.list.label.startswith("TCP · Sequence Number")
        inspector.list.index = place(inspector, "PSH")
        assert inspector.controls["field"].value == place(inspector, "PSH")
        assert inspector.controls["byte"].value == 47
        assert "1 bit of 8): set" in words(inspector.picture.value)


def test_stepping_stays_with_the_field_or_else_the_byte() -> None:
    with HeaderInspector(CAPTURE) as inspector:
        field, byte, packet = (inspector.controls[name] for name in ("field", "byte", "packet"))
        packet.value = 6
        field.value = place(inspector, "Sequence Number")
        packet.value = 7
        assert inspector.list.label.startswith("TCP · Sequence Number")
        packet.value = 1  # ARP has none
        assert byte.value == 38
        assert byte.value in inspector.parts[0][field.value].bytes
        assert byte.max == len(inspector.packets[0]) - 1
        for number in range(1, len(inspector.packets) + 1):
            packet.value = number
            assert byte.value in inspector.parts[number - 1][field.value].bytes
            assert inspector.list.index == field.value


def test_every_state_can_be_drawn_at_one_height() -> None:
    with HeaderInspector(ODD) as inspector:
        heights = {
            tuple(re.findall(r'viewBox="[^"]*"', inspector.render(number, at, i)))
            for number, fields in enumerate(inspector.parts, 1)
            for i in range(len(fields))
            for at in (0, 300)
        }
    assert len(heights) == 1


def test_what_it_takes() -> None:
    packets = list(read_pcap(CAPTURE).packets())
    for source in (
        str(CAPTURE),
        read_pcap(CAPTURE),
        packets,
        iter(packets),
        [SimpleNamespace(packet=packet) for packet in packets],  # a trace holds its packets so
    ):
        with HeaderInspector(source) as inspector:
            assert inspector.packets == packets
    with HeaderInspector(packets[0]) as one:
        assert repr(one).startswith("Header inspector: 1 packet as bytes")


@pytest.mark.parametrize(
    ("source", "kind", "sentence"),
    [
        ([], ValueError, "at least one packet; came none"),
        ([b"bytes"], TypeError, "a capture file, a trace, or packets; got b'bytes'"),
        (7, TypeError, "a capture file, a trace, or packets; got 7"),
    ],
)
def test_what_it_does_not_take(source: Any, kind: type[Exception], sentence: str) -> None:
    with pytest.raises(kind, match=sentence):
        HeaderInspector(source)


def test_a_long_packet_and_hostile_bytes() -> None:
    packet = Packet(Ethernet(), IPv4(), TCP(), b"<script>" * 100)
    with HeaderInspector(packet) as inspector:
        inspector.controls["field"].value = len(inspector.parts[0]) - 1
        assert "and 694 bytes more" in inspector.picture.value
        assert "<script>" not in inspector.picture.value


def test_nothing_is_left() -> None:
    from ipywidgets.widgets.widget import _instances  # type: ignore[import-untyped]

    with HeaderInspector(CAPTURE):
        pass
    before = len(_instances)
    inspector = HeaderInspector(CAPTURE)
    for value in range(200):
        inspector.controls["byte"].value = value % 40
        inspector.controls["packet"].value = value % 12 + 1
    assert len(_instances) > before
    inspector.close()
    inspector.close()
    assert len(_instances) == before


def test_a_field_is_followed_to_where_it_lies_now() -> None:
    with HeaderInspector(ODD) as inspector:
        inspector.controls["field"].value = place(inspector, "Source Port")
        assert inspector.controls["byte"].value == 34
        inspector.controls["packet"].value = 2  # IPv4 options push it back
        assert inspector.list.label.startswith("TCP · Source Port")
        assert inspector.controls["byte"].value > 34


@pytest.mark.parametrize(("label", "left", "share"), [("Version", 0, 4), ("IHL", 4, 4)])
def test_the_mark_covers_the_fields_bits_and_no_more(label: str, left: int, share: int) -> None:
    with HeaderInspector(CAPTURE) as inspector:
        inspector.controls["packet"].value = 6
        picture = inspector.render(6, 14, place(inspector, label))
    marks = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"[^>]*brand-color1', picture)
    x = LEFT + 14 * CELL + left * CELL / 8
    assert marks == [(f"{x:.1f}", f"{share * CELL / 8:.1f}")]
