"""What goes wrong with packets: one error, which says where and by how many bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netlab.packets.field import Field


class PacketError(ValueError):
    """Bytes that are not a well-formed packet, or a header that cannot be built.

    layer, field: where. expected, actual: numbers of bytes, if bytes are missing or too many.
    fields: what could be read of a header that was cut short.
    """

    def __init__(
        self,
        layer: str,
        field: str,
        problem: str,
        *,
        expected: int | None = None,
        actual: int | None = None,
        fields: tuple[Field, ...] = (),
    ) -> None:
        super().__init__(f"{layer}, {field}: {problem}")
        self.layer, self.field, self.problem = layer, field, problem
        self.expected, self.actual, self.fields = expected, actual, fields


class TruncatedError(PacketError):
    """Bytes are missing at the end: the packet was cut, or a length field says too much."""
