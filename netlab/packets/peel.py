"""Reading a packet: from the outside in, each header says what it carries and how much."""

from __future__ import annotations

from typing import NamedTuple

from netlab.packets.errors import PacketError, TruncatedError
from netlab.packets.ethernet import Cooked, Ethernet
from netlab.packets.header import Header, HeaderType
from netlab.packets.ipv4 import IPv4
from netlab.packets.ipv6 import Fragment, IPv6
from netlab.packets.tables import NEXT

FIRST: dict[str, HeaderType] = {"ethernet": Ethernet, "cooked": Cooked}


class Layer(NamedTuple):
    """One part of a packet's bytes: a header, or the payload, or the trailer after it.

    The part itself is data[start:stop]; what a header carries is data[stop:end].
    """

    name: str
    header: Header | None
    start: int
    stop: int
    end: int


Peeled = tuple[list[Layer], int, int, PacketError | None]


def peel(data: bytes, first: str) -> Peeled:
    """The layers, where the payload starts and ends, and what is wrong, if anything.

    first: "ethernet", "ip" or "cooked". Raises ValueError if it is none of these.
    """
    if first not in (*FIRST, "ip"):
        raise ValueError(f'first is "ethernet", "ip" or "cooked"; got {first!r}')
    layers: list[Layer] = []
    error: PacketError | None = None
    at, end, cut = 0, len(data), False  # cut: a first fragment, so headers may go on elsewhere
    try:
        kind: HeaderType | None = FIRST[first] if first in FIRST else _ip_version(data)
        while kind is not None and (kind := kind.choose(data[at:end])):
            header = kind.parse(data[at:end])
            stop = at + header.stated_size()
            try:
                end = _end(header, at, stop, end, cut)
            except TruncatedError as short:  # the bytes that are here can still be read
                error = short
            layers.append(Layer(header.NAME, header, at, stop, end))
            at = stop
            kind = NEXT[header.NEXT[1]].get(getattr(header, header.NEXT[0], -1))
            if isinstance(header, (IPv4, Fragment)) and header.is_fragment:
                cut = True
                kind = kind if header.fragment_offset == 0 else None
    except PacketError as wrong:
        if not (cut and isinstance(wrong, TruncatedError)):
            error = wrong
    return layers, at, end, error


def _ip_version(data: bytes) -> HeaderType:
    """The version stands in the first four bits of every IP packet."""
    if not data:
        problem = "expected an IPv4 or IPv6 packet, got 0 bytes"
        raise TruncatedError("IP", "Version", problem, expected=1, actual=0)
    if data[0] >> 4 not in (4, 6):
        problem = f"expected 4 or 6, got {data[0] >> 4}; are these bytes a frame? Then say so"
        raise PacketError("IP", "Version", problem)
    return IPv4 if data[0] >> 4 == 4 else IPv6


def _end(header: Header, at: int, stop: int, end: int, cut: bool) -> int:
    """Where the bytes end that belong to the header at `at`. Raises PacketError."""
    span = header.span()
    if span is None:
        return end
    name, size = span
    label = header.label(name)
    if size < stop - at:
        problem = f"expected at least the header's {stop - at} bytes, got {size}"
        raise PacketError(header.NAME, label, problem, expected=stop - at, actual=size)
    if at + size > end and not cut:
        problem = f"expected {size} bytes, got {end - at}; the rest was cut off"
        raise TruncatedError(header.NAME, label, problem, expected=size, actual=end - at)
    return min(end, at + size)
