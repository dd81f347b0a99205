"""The options of IPv4 that netlab knows by name."""

from __future__ import annotations

from collections.abc import Callable

from netlab.packets.address import ipv4_number, ipv4_text
from netlab.packets.errors import PacketError
from netlab.packets.field import Kind, bits, named, tail, unit
from netlab.packets.header import header
from netlab.packets.options import Known, Option

POINTER = Kind(show=lambda value: f"byte {value}")


def _read(data: bytes) -> tuple[str, ...]:
    if len(data) % 4:
        problem = f"expected addresses of 4 bytes each, got {len(data)} bytes"
        raise PacketError("IPv4", "Route Data", problem)
    return tuple(
        ipv4_text(int.from_bytes(data[at : at + 4], "big")) for at in range(0, len(data), 4)
    )


def _write(route: tuple[str, ...]) -> bytes:
    return b"".join(ipv4_number(address).to_bytes(4, "big") for address in route)


_show: Callable[[tuple[str, ...]], str] = ", ".join


@header
class RecordRoute(Option):
    """Routers on the way write down their addresses here."""

    NAME = "Record Route"
    RFC = "RFC 791, section 3.1"
    kind: int = bits(8, "Type", "7: Record Route", default=7)
    length: int = bits(8, "Length", "of the whole option", unit("bytes"), default=None)
    pointer: int = bits(8, "Pointer", "where the next address goes", POINTER, default=4)
    route: tuple[str, ...] = tail("Route Data", "the addresses", _read, _write, _show, default=())

    def text(self) -> str:
        """The route, and where it continues."""
        return f"{', '.join(self.route) or 'no addresses'}; next at byte {self.pointer}"


@header
class LooseSourceRoute(RecordRoute):
    """The packet must pass these routers, with others between them."""

    NAME = "Loose Source Route"
    kind: int = bits(8, "Type", "131: Loose Source Route", default=131)


@header
class StrictSourceRoute(RecordRoute):
    """The packet must pass these routers and no others."""

    NAME = "Strict Source Route"
    kind: int = bits(8, "Type", "137: Strict Source Route", default=137)


@header
class RouterAlert(Option):
    """Routers on the way look at this packet more closely."""

    NAME = "Router Alert"
    RFC = "RFC 2113, section 2.1"
    kind: int = bits(8, "Type", "148: Router Alert", default=148)
    length: int = bits(8, "Length", "of the whole option", unit("bytes"), default=4)
    value: int = bits(16, "Value", "what to look for", named({0: "examine packet"}))

    def text(self) -> str:
        """Its value."""
        return "examine packet" if self.value == 0 else str(self.value)


KNOWN: Known = {7: RecordRoute, 131: LooseSourceRoute, 137: StrictSourceRoute, 148: RouterAlert}
