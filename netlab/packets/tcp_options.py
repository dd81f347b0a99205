"""The options of TCP that netlab knows by name."""

from __future__ import annotations

from netlab.packets.errors import PacketError
from netlab.packets.field import Kind, bits, tail, unit
from netlab.packets.header import header
from netlab.packets.options import Known, Option

SHIFT = Kind(show=lambda value: f"{value} (times {2**value})")
Blocks = tuple[tuple[int, int], ...]


@header
class MaximumSegmentSize(Option):
    """The most data that the sender of this option wants in one segment."""

    NAME = "Maximum Segment Size"
    RFC = "RFC 9293, section 3.7.1"
    kind: int = bits(8, "Kind", "2: Maximum Segment Size", default=2)
    length: int = bits(8, "Length", "of the whole option", unit("bytes"), default=4)
    mss: int = bits(16, "Maximum Segment Size", "most data in a segment", unit("bytes"))

    def text(self) -> str:
        """The size."""
        return f"{self.mss} bytes"


@header
class WindowScale(Option):
    """The Window of all later segments is to be shifted left by so many bits."""

    NAME = "Window Scale"
    RFC = "RFC 7323, section 2.2"
    kind: int = bits(8, "Kind", "3: Window Scale", default=3)
    length: int = bits(8, "Length", "of the whole option", unit("bytes"), default=3)
    shift: int = bits(8, "Shift Count", "bits to shift the Window by; at most 14 counts", SHIFT)

    def text(self) -> str:
        """The shift and the factor."""
        return SHIFT.show(self.shift)


@header
class SACKPermitted(Option):
    """The sender of this option understands selective acknowledgments."""

    NAME = "SACK-Permitted"
    RFC = "RFC 2018, section 2"
    kind: int = bits(8, "Kind", "4: SACK-Permitted", default=4)
    length: int = bits(8, "Length", "of the whole option", unit("bytes"), default=2)

    def text(self) -> str:
        """Only that."""
        return "yes"


def _read(data: bytes) -> Blocks:
    if len(data) % 8:
        problem = f"expected blocks of 8 bytes each, got {len(data)} bytes"
        raise PacketError("TCP", "SACK blocks", problem)
    edges = [int.from_bytes(data[at : at + 4], "big") for at in range(0, len(data), 4)]
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def _write(blocks: Blocks) -> bytes:
    return b"".join(edge.to_bytes(4, "big") for block in blocks for edge in block)


def _show(blocks: Blocks) -> str:
    return ", ".join(f"{left} up to {right}" for left, right in blocks) or "none"


@header
class SACK(Option):
    """Blocks of bytes that have arrived beyond the Acknowledgment Number: do not send them again.

    A block is (first byte, the byte after the last).
    """

    NAME = "SACK"
    RFC = "RFC 2018, section 3"
    kind: int = bits(8, "Kind", "5: SACK", default=5)
    length: int = bits(8, "Length", "of the whole option", unit("bytes"), default=None)
    blocks: Blocks = tail("Blocks", "what has arrived", _read, _write, _show, default=())

    def text(self) -> str:
        """The blocks."""
        return _show(self.blocks)


@header
class Timestamps(Option):
    """The sender's clock, and the clock last seen from the other end: it measures round trips."""

    NAME = "Timestamps"
    RFC = "RFC 7323, section 3.2"
    kind: int = bits(8, "Kind", "8: Timestamps", default=8)
    length: int = bits(8, "Length", "of the whole option", unit("bytes"), default=10)
    value: int = bits(32, "TS Value", "the sender's clock, in ticks of its own")
    echo: int = bits(32, "TS Echo Reply", "the other end's clock, sent back")

    def text(self) -> str:
        """Both clocks."""
        return f"value {self.value}, echo reply {self.echo}"


KNOWN: Known = {2: MaximumSegmentSize, 3: WindowScale, 4: SACKPermitted, 5: SACK, 8: Timestamps}
