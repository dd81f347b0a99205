"""Capture files: written and read the same, in every dialect; errors that name the trouble."""

from __future__ import annotations

import io
import struct
import subprocess
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netlab.packets import IPv4, Packet, PacketError, Pcap, Record, read_pcap, write_pcap
from netlab.packets.pcap import COOKED, ETHERNET, RAW
from tests.packets.examples import REAL_SYN
from tests.tools import need

records = st.lists(
    st.builds(
        lambda ns, data, more: Record(ns, data, len(data) + more),
        st.integers(0, 2**32 * 10**9 - 1),
        st.binary(max_size=100),
        st.sampled_from([0, 0, 1, 1400]),
    ),
    max_size=5,
)
orders: st.SearchStrategy[Literal["little", "big"]] = st.sampled_from(["little", "big"])


@given(records, orders, st.booleans(), st.sampled_from([ETHERNET, RAW, COOKED, 147]))
def test_what_is_written_is_read(
    kept: list[Record], order: Literal["little", "big"], nanoseconds: bool, linktype: int
) -> None:
    file = io.BytesIO()
    write_pcap(file, kept, linktype, nanoseconds=nanoseconds, byteorder=order)
    read = read_pcap(io.BytesIO(file.getvalue()))
    unit = 1 if nanoseconds else 1000
    kept = [Record(r.time_ns // unit * unit, r.data, r.length) for r in kept]
    assert read == Pcap(tuple(kept), linktype, 262_144, nanoseconds, order)
    assert len(read) == len(kept)


def test_a_file_as_the_format_describes_it(tmp_path: Path) -> None:
    path = tmp_path / "one.pcap"
    header = struct.pack(">IHHIIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101)
    path.write_bytes(header + struct.pack(">IIII", 10, 250_000, 60, 60) + REAL_SYN)
    for name in (path, str(path)):
        capture = read_pcap(name)
        (record,) = capture.records
        assert (record.time, record.time_ns, record.truncated) == (10.25, 10_250_000_000, False)
        (packet,) = capture.packets()
        assert packet[IPv4].source == "127.0.0.1"


def test_a_snaplen_marks_what_it_cut() -> None:
    file = io.BytesIO()
    write_pcap(file, [Record(0, REAL_SYN)], RAW, snaplen=50)
    capture = read_pcap(io.BytesIO(file.getvalue()))
    (record,) = capture.records
    assert record.truncated and record.length == 60 and record.data == REAL_SYN[:50]
    (packet,) = capture.packets(strict=False)
    assert packet.error and packet.ip
    with pytest.raises(PacketError, match="expected a header of 40 bytes, got 30"):
        list(capture.packets())


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "got an empty file"),
        (b"\x0a\x0d\x0d\x0a" + bytes(30), "this is a pcapng file: convert it with editcap -F pcap"),
        (b"\x1f\x8b" + bytes(30), "compressed: unpack it with gunzip"),
        (b"GET / HTTP/1.1", "expected a1b2c3d4 or a1b23c4d in either order, got 47455420"),
        (struct.pack("<I", 0xA1B2C3D4) + bytes(9), "expected a file header of 24 bytes, got 13"),
    ],
)
def test_other_files_are_named(data: bytes, problem: str) -> None:
    with pytest.raises(PacketError, match=problem):
        read_pcap(io.BytesIO(data))


def test_a_file_cut_anywhere_is_an_error() -> None:
    file = io.BytesIO()
    write_pcap(file, [Record(1, b"first"), Record(2, b"second")])
    data = file.getvalue()
    for size in set(range(24, len(data))) - {24, 24 + 16 + 5}:
        with pytest.raises(PacketError, match=r"record [01] needs .* strict=False reads"):
            read_pcap(io.BytesIO(data[:size]))
        kept = read_pcap(io.BytesIO(data[:size]), strict=False)
        assert kept.error and len(kept) == (size >= 24 + 16 + 5)


def test_unknown_linktypes_and_times() -> None:
    with pytest.raises(PacketError, match=r"pcap, LinkType: expected one of .*, got 147"):
        Pcap((), 147).first  # noqa: B018
    with pytest.raises(PacketError, match="Timestamp: expected 1970 to 2106, got -1 s"):
        write_pcap(io.BytesIO(), [Record(-1_000_000_000, b"")])


def test_a_cooked_packet() -> None:
    data = bytes.fromhex("0004 0304 0006 000000000000 0000 0800") + REAL_SYN
    packet = Packet.parse(data, "cooked")
    assert [header.NAME for header in packet] == ["Linux cooked", "IPv4", "TCP"]


@pytest.mark.parametrize("nanoseconds", [True, False])
@pytest.mark.parametrize("order", ["little", "big"])
def test_tshark_reads_them(
    tmp_path: Path, order: Literal["little", "big"], nanoseconds: bool
) -> None:
    tool = need("tshark")
    path = tmp_path / "a.pcap"
    kept = [
        Record(1_700_000_000_123_456_789, REAL_SYN),
        Record(1_700_000_001_000_000_000, REAL_SYN),
    ]
    write_pcap(path, kept, RAW, nanoseconds=nanoseconds, byteorder=order)
    command = [tool, "-r", str(path), "-T", "fields", "-e", "frame.time_epoch", "-e", "ip.src"]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    first = "1700000000.123456789" if nanoseconds else "1700000000.123456000"
    assert shown.split() == [first, "127.0.0.1", "1700000001.000000000", "127.0.0.1"]
