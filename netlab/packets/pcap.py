"""Classic pcap files: packets and their times, as tcpdump and Wireshark write and read them.

A file header of 24 bytes, then for each packet a record header of 16 bytes and its bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from os import PathLike
from typing import BinaryIO, Literal

from netlab.packets.errors import PacketError
from netlab.packets.packet import Packet

ETHERNET, RAW, COOKED = 1, 101, 113  # linktypes: what each packet starts with
FIRST = {ETHERNET: "ethernet", RAW: "ip", COOKED: "cooked", 228: "ip", 229: "ip"}
MICRO, NANO = 0xA1B2C3D4, 0xA1B23C4D  # the magic number says the unit, and by its turn the order
SNAPLEN = 262_144  # bytes kept of a packet at most, as tcpdump has it
ALIENS = {
    b"\x0a\x0d\x0d\x0a": "a pcapng file: convert it with editcap -F pcap old.pcapng new.pcap",
    b"\x1f\x8b": "compressed: unpack it with gunzip",
}

Order = Literal["little", "big"]
SIGNS: dict[Order, str] = {"little": "<", "big": ">"}  # what struct calls them
File = str | PathLike[str] | BinaryIO


@dataclass(frozen=True)
class Record:
    """One packet as captured. time_ns: nanoseconds since 1970. length: bytes it had on the wire,
    of which `data` are those that were kept."""

    time_ns: int
    data: bytes
    length: int = -1  # left out: all of it was kept

    def __post_init__(self) -> None:
        if self.length == -1:
            object.__setattr__(self, "length", len(self.data))

    @property
    def time(self) -> float:
        """Seconds since 1970."""
        return self.time_ns / 1e9

    @property
    def truncated(self) -> bool:
        """Not all bytes of the packet were kept."""
        return self.length > len(self.data)


@dataclass(frozen=True)
class Pcap:
    """What a capture file holds. error: with strict=False, why the last record is missing."""

    records: tuple[Record, ...]
    linktype: int = ETHERNET
    snaplen: int = SNAPLEN
    nanoseconds: bool = True
    byteorder: Order = "little"
    error: PacketError | None = None

    @property
    def first(self) -> str:
        """The first header of each packet, for Packet.parse. Raises PacketError if unknown."""
        if self.linktype not in FIRST:
            problem = f"expected one of {sorted(FIRST)}, got {self.linktype}; no parser is here"
            raise PacketError("pcap", "LinkType", problem)
        return FIRST[self.linktype]

    def packets(self, *, strict: bool = True) -> Iterator[Packet]:
        """The packets, parsed one by one."""
        return (Packet.parse(record.data, self.first, strict=strict) for record in self.records)

    def __len__(self) -> int:
        return len(self.records)


def read_pcap(file: File, *, strict: bool = True) -> Pcap:
    """Read a capture from a path or a binary file.

    Raises PacketError if it is no classic pcap, or ends inside a record; with strict=False the
    whole records before that are kept and the error is in .error.
    """
    with open(file, "rb") if isinstance(file, str | PathLike) else nullcontext(file) as opened:
        data = opened.read()
    order, magic = _order(data)
    if len(data) < 24:
        problem = f"expected a file header of 24 bytes, got {len(data)}; the file was cut off"
        raise PacketError("pcap", "file header", problem, expected=24, actual=len(data))
    _, _, _, _, snaplen, linktype = struct.unpack_from(f"{SIGNS[order]}HHIIII", data, 4)
    unit = 1 if magic == NANO else 1000
    records: list[Record] = []
    error, at = None, 24
    while at < len(data) and error is None:
        here = len(data) - at - 16
        if here < 0:
            error = _cut(len(records), "record header", 16, here + 16)
            break
        seconds, fraction, kept, length = struct.unpack_from(f"{SIGNS[order]}IIII", data, at)
        if kept > here:
            error = _cut(len(records), "Captured Packet Length", kept, here)
            break
        at += 16 + kept
        time_ns = seconds * 1_000_000_000 + fraction * unit
        records.append(Record(time_ns, data[at - kept : at], length))
    if error is not None and strict:
        raise error
    return Pcap(tuple(records), linktype & 0xFFFF, snaplen, unit == 1, order, error)


def write_pcap(
    file: File,
    records: Iterable[Record],
    linktype: int = ETHERNET,
    *,
    snaplen: int = SNAPLEN,
    nanoseconds: bool = True,
    byteorder: Order = "little",
) -> None:
    """Write a capture to a path or a binary file.

    snaplen: bytes kept of each packet at most. nanoseconds=False keeps whole microseconds only,
    for very old readers. Raises PacketError for a time outside 1970 to 2106.
    """
    order = SIGNS[byteorder]
    magic, unit = (NANO, 1) if nanoseconds else (MICRO, 1000)
    with open(file, "wb") if isinstance(file, str | PathLike) else nullcontext(file) as opened:
        opened.write(struct.pack(f"{order}IHHIIII", magic, 2, 4, 0, 0, snaplen, linktype))
        for record in records:
            seconds, rest = divmod(record.time_ns, 1_000_000_000)
            if not 0 <= seconds < 2**32:
                problem = f"expected 1970 to 2106, got {record.time:.0f} s after 1970"
                raise PacketError("pcap", "Timestamp", problem)
            data = record.data[:snaplen]
            opened.write(
                struct.pack(f"{order}IIII", seconds, rest // unit, len(data), record.length)
            )
            opened.write(data)


def _order(data: bytes) -> tuple[Order, int]:
    """The byte order and the magic number."""
    for order in SIGNS:
        magic = int.from_bytes(data[:4], order)
        if len(data) >= 4 and magic in (MICRO, NANO):
            return order, magic
    alien = next((what for start, what in ALIENS.items() if data.startswith(start)), "no pcap file")
    problem = (
        f"expected a1b2c3d4 or a1b23c4d in either order, got {data[:4].hex() or 'an empty file'}"
    )
    raise PacketError("pcap", "Magic Number", f"{problem}; this is {alien}")


def _cut(number: int, field: str, expected: int, actual: int) -> PacketError:
    problem = (
        f"record {number} needs {expected} bytes, but the file ends after {actual}; "
        "it was cut off, and strict=False reads what comes before"
    )
    return PacketError("pcap", field, problem, expected=expected, actual=actual)
