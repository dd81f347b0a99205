"""A header is one big number and a field is some of its bits.

A header class lists its fields in the order of the wire; parsing, building and explaining all
follow from that list.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Self, TypeVar, dataclass_transform

from netlab.packets.errors import PacketError, TruncatedError
from netlab.packets.explained import Explained
from netlab.packets.field import Declared, Tail

Class = TypeVar("Class", bound="type[Header]")


class Header(Explained):
    """What all headers can do. A subclass declares fields, and says what its lengths mean."""

    NEXT: ClassVar[tuple[str, str]] = ("", "")  # the field that names the next header; its table
    SIZED_BY: ClassVar[str] = ""  # the field that says how long the header is
    CHECKSUM: ClassVar[str] = ""  # what it covers: "header", "message" or "pseudo-header"

    # -- what a subclass may say ------------------------------------------------------------

    @classmethod
    def choose(cls, data: bytes) -> HeaderType | None:
        """The class for these bytes, where a header comes in variants; None: not understood."""
        return cls

    def check(self) -> None:
        """Raise PacketError if the fixed fields contradict the format."""

    def stated_size(self) -> int:
        """Bytes of this header as its length field has it."""
        return self.SIZE

    def span(self) -> tuple[str, int] | None:
        """The length field, and the bytes from this header's start to the end of what it carries.

        None: the header does not say.
        """
        return None

    def lengths(self, inner: int) -> dict[str, Any]:
        """What fields left out must hold if `inner` bytes follow this header."""
        return {}

    # -- bytes to header --------------------------------------------------------------------

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read the header at the start of data; what follows it is ignored.

        Raises TruncatedError if data is too short, PacketError if the header contradicts itself.
        """
        size = cls.SIZE
        if len(data) < size:
            raise cls._cut(data)
        number = int.from_bytes(data[:size], "big")
        header = object.__new__(cls)
        values = header.__dict__
        for name, shift, mask, what in cls.PLACES:
            value = number >> shift & mask
            values[name] = value if what.kind.read is None else what.kind.read(value)
        header.check()
        if cls.TAIL is not None:
            size = header._size_in(data)
            name, end = cls.TAIL
            values[name] = end.read(data[cls.SIZE : size])
        return header

    def _size_in(self, data: bytes) -> int:
        """The stated size, if it is possible and all of it is here."""
        size = self.stated_size()
        if self.SIZE <= size <= len(data):
            return size
        label = self.label(self.SIZED_BY)
        if size < self.SIZE:
            problem = f"expected a header of at least {self.SIZE} bytes, got {size}; it is wrong"
            raise PacketError(self.NAME, label, problem, expected=self.SIZE, actual=size)
        problem = f"expected a header of {size} bytes, got {len(data)}; the rest was cut off"
        raise TruncatedError(
            self.NAME, label, problem, expected=size, actual=len(data), fields=self._fixed()
        )

    @classmethod
    def _cut(cls, data: bytes) -> TruncatedError:
        """The error for data that end inside the fixed fields, with the fields before the cut."""
        here = len(data) * 8
        padded = int.from_bytes(data.ljust(cls.SIZE, b"\0"), "big")
        read, missing = [], ""
        for name, shift, mask, what in cls.PLACES:
            offset = cls.SIZE * 8 - shift - what.bits
            value = padded >> shift & mask
            if offset + what.bits <= here:
                read.append(cls._field(name, what, value, offset, raw=True))
            else:
                missing = missing or what.label
        problem = f"expected a header of {cls.SIZE} bytes, got {len(data)}; the rest was cut off"
        return TruncatedError(
            cls.NAME, missing, problem, expected=cls.SIZE, actual=len(data), fields=tuple(read)
        )

    # -- header to bytes --------------------------------------------------------------------

    def __bytes__(self) -> bytes:
        """The header as on the wire. Raises PacketError if a value is missing or does not fit."""
        number = 0
        for name, _, mask, what in self.PLACES:
            value = getattr(self, name)
            if value is None:
                problem = f"not known for a header alone; give {name}=, or build a Packet with it"
                raise PacketError(self.NAME, what.label, problem)
            try:
                bits = what.kind.write(value)
            except (TypeError, ValueError) as wrong:
                raise PacketError(self.NAME, what.label, str(wrong)) from None
            if not 0 <= bits <= mask:
                problem = f"{what.bits} bits hold 0 to {mask}, got {value}"
                raise PacketError(self.NAME, what.label, problem)
            number = number << what.bits | bits
        return number.to_bytes(self.SIZE, "big") + self._tail()

    def _tail(self) -> bytes:
        """The bytes after the fixed fields."""
        if self.TAIL is None:
            return b""
        name, end = self.TAIL
        try:
            return end.write(getattr(self, name))
        except (TypeError, ValueError, OverflowError) as wrong:
            raise PacketError(self.NAME, end.label, str(wrong)) from None

    @property
    def size(self) -> int:
        """Bytes of this header."""
        return self.SIZE + len(self._tail())

    def filled(self, inner: int) -> Self:
        """A copy whose lengths are filled in, if `inner` bytes follow; given ones stay."""
        missing = {k: v for k, v in self.lengths(inner).items() if getattr(self, k) is None}
        return self.replace(**missing) if missing else self

    def replace(self, **values: Any) -> Self:
        """A copy with some fields changed, such as packet.ip.replace(ttl=1)."""
        return replace(self, **values)  # type: ignore[type-var]

    # -- headers as values ------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        """What differs from the defaults, so that a header fits on a line."""
        shown = [
            f"{f.name}={getattr(self, f.name)!r}"
            for f in fields(self)  # type: ignore[arg-type]
            if getattr(self, f.name) != f.default
        ]
        return f"{type(self).__name__}({', '.join(shown)})"


HeaderType = type[Header]


@dataclass_transform(kw_only_default=True, frozen_default=True)
def header(cls: Class) -> Class:
    """Make a class that declares fields into a header: a frozen dataclass with its bit places."""
    dataclass(frozen=True, kw_only=True, eq=False, repr=False)(cls)
    declared = [(f.name, f.metadata["is"]) for f in fields(cls)]  # type: ignore[arg-type]
    fixed = [(name, what) for name, what in declared if isinstance(what, Declared)]
    total = sum(what.bits for _, what in fixed)
    assert total % 8 == 0, f"{cls.__name__} has {total} bits: not whole bytes"
    cls.SIZE, places = total // 8, []
    for name, what in fixed:
        total -= what.bits
        places.append((name, total, (1 << what.bits) - 1, what))
    cls.PLACES = tuple(places)
    cls.TAIL = next(((n, what) for n, what in declared if isinstance(what, Tail)), None)
    return cls
