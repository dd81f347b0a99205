"""Building a packet: from the inside out, each header learns what it carries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from netlab.packets import verify
from netlab.packets.errors import PacketError
from netlab.packets.header import Header
from netlab.packets.ipv4 import IPv4
from netlab.packets.ipv6 import Fragment, IPv6, Routing
from netlab.packets.tables import number_of

NO_NEXT_HEADER = 59  # RFC 8200, section 4.7


def fill(parts: Sequence[Header | bytes]) -> tuple[list[Header], bytes]:
    """The headers with every field that was left out filled in, and the payload.

    Raises TypeError if parts are not headers and then at most one bytes; PacketError if a field
    cannot be known.
    """
    payload = b""
    if parts and isinstance(parts[-1], (bytes, bytearray, memoryview)):
        *parts, payload = *parts[:-1], bytes(parts[-1])
    headers = [part for part in parts if isinstance(part, Header)]
    if len(headers) < len(parts):
        wrong = next(part for part in parts if not isinstance(part, Header))
        raise TypeError(f"a Packet is made of headers and then bytes; got {wrong!r}")
    done: list[Header] = []
    inside = payload
    for i in reversed(range(len(headers))):
        header = headers[i]
        header = header.filled(len(inside))
        header = _announce(header, done[0] if done else None, bool(payload))
        header = _sum(header, inside, headers[:i])
        done.insert(0, header)
        inside = bytes(header) + inside
    return done, payload


def _announce(header: Header, follower: Header | None, payload: bool) -> Header:
    """Fill in the field that says what comes next."""
    field, table = header.NEXT
    if not field or getattr(header, field) is not None:
        return header
    number = number_of(table, follower) if follower is not None else None
    if number is None and follower is None and not payload and isinstance(header, (IPv6, Fragment)):
        number = NO_NEXT_HEADER
    if number is None:
        what = follower.NAME if follower is not None else "bytes alone"
        problem = f"no number is known for {what}; give {field}="
        raise PacketError(header.NAME, header.label(field), problem)
    return header.replace(**{field: number})


def _sum(header: Header, inside: bytes, outer: Sequence[Any]) -> Header:
    """Fill in the checksum."""
    if not header.CHECKSUM or getattr(header, "checksum", None) is not None:
        return header
    ip = next((h for h in reversed(outer) if isinstance(h, (IPv4, IPv6))), None)
    routing = next((h for h in reversed(outer) if isinstance(h, Routing)), None)
    if header.CHECKSUM != "header":
        if any(isinstance(h, (IPv4, Fragment)) and h.is_fragment for h in outer):
            problem = "it covers all fragments, and this is one of them; give checksum="
            raise PacketError(header.NAME, "Checksum", problem)
        if header.CHECKSUM == "pseudo-header" and ip is None:
            problem = "it covers the addresses too; put an IPv4 or IPv6 header before, or give it"
            raise PacketError(header.NAME, "Checksum", problem)
    else:
        inside = b""
    data = bytes(header.replace(checksum=0)) + inside
    return header.replace(checksum=verify.compute(header, data, ip, routing))
