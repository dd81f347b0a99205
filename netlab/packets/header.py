"""A header is one big number and a field is some of its bits.

A header class lists its fields in the order of the wire; parsing, building and explaining all
follow from that list.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Self, TypeVar, dataclass_transform

from netlab.packets.errors import PacketError, TruncatedError
from netlab.packets.field import Declared, Field, Tail

Class = TypeVar("Class", bound="type[Header]")


class Header:
    """What all headers can do. A subclass declares fields, and says what its lengths mean."""

    NAME: ClassVar[str] = "header"  # what people call the layer
    RFC: ClassVar[str] = ""  # where the format is defined, unless a field says otherwise
    NEXT: ClassVar[tuple[str, str]] = ("", "")  # the field that names the next header; its table
    SIZED_BY: ClassVar[str] = ""  # the field that says how long the header is
    CHECKSUM: ClassVar[str] = ""  # what it covers: "header", "message" or "pseudo-header"
    SIZE: ClassVar[int] = 0  # bytes of the fixed fields
    PLACES: ClassVar[tuple[tuple[str, int, int, Declared], ...]] = ()  # name, shift, mask, what
    TAIL: ClassVar[tuple[str, Tail] | None] = None

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

    # -- header to explanation --------------------------------------------------------------

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field in the order of the wire; an option is a field whose value has fields."""
        found = self._fixed()
        if self.TAIL is not None:
            name, end = self.TAIL
            value, at = getattr(self, name), self.SIZE * 8
            if isinstance(value, tuple) and value and isinstance(value[0], Header):
                for option in value:
                    found += (option.as_field(name, at),)
                    at += option.size * 8
            elif raw := end.write(value):
                text, rfc = end.show(value), end.rfc or self.RFC
                size = len(raw) * 8
                found += (Field(name, end.label, value, at, size, end.meaning, text, rfc),)
        return found

    def as_field(self, name: str, offset: int) -> Field:
        """This header seen as one field of another, as an option is."""
        meaning = (type(self).__doc__ or "").partition("\n")[0]
        return Field(name, self.NAME, self, offset, self.size * 8, meaning, self.text(), self.RFC)

    def text(self) -> str:
        """The fields in a line; a subclass may know better words."""
        return ", ".join(str(field) for field in self.fields)

    def describe(self) -> str:
        """A table of the fields: bits, name, value."""
        rows = [(f.where, f.label, f.text) for f in self.fields]
        first, second = (max(len(row[i]) for row in rows) for i in (0, 1))
        lines = [f"  {a:>{first}}  {b:<{second}}  {c}".rstrip() for a, b, c in rows]
        return "\n".join([f"{self.NAME} header, {self.size} bytes ({self.RFC})", *lines])

    def parts(self) -> list[tuple[str, int]]:
        """(name, bytes) in order, as byte_map takes them; fields that share a byte are one part."""
        names: dict[int, list[str]] = {}
        start = stop = 0
        for field in self.fields:
            start = start if field.bytes.start < stop else field.bytes.start
            stop = field.bytes.stop
            names.setdefault(start, []).append(field.label)
        ends = [*list(names)[1:], self.size]
        return [(", ".join(n), e - s) for (s, n), e in zip(names.items(), ends, strict=True)]

    def _fixed(self) -> tuple[Field, ...]:
        at = self.SIZE * 8
        return tuple(
            self._field(name, what, getattr(self, name), at - shift - what.bits)
            for name, shift, _, what in self.PLACES
        )

    @classmethod
    def _field(cls, name: str, what: Declared, value: Any, offset: int, raw: bool = False) -> Field:
        if raw and what.kind.read is not None:
            value = what.kind.read(value)
        text = "to be filled in" if value is None else what.kind.show(value)
        rfc = what.rfc or cls.RFC
        return Field(name, what.label, value, offset, what.bits, what.meaning, text, rfc)

    @classmethod
    def where(cls, name: str) -> int:
        """The bit at which a field starts, counted from the header's start."""
        shift, bits = next((shift, what.bits) for n, shift, _, what in cls.PLACES if n == name)
        return cls.SIZE * 8 - shift - bits

    @classmethod
    def label(cls, name: str) -> str:
        """The RFC's word for an attribute."""
        return next((what.label for n, _, _, what in cls.PLACES if n == name), name)


HeaderType = type[Header]


@dataclass_transform(kw_only_default=True, frozen_default=True)
def header(cls: Class) -> Class:
    """Make a class that declares fields into a header: a frozen dataclass with its bit places."""
    dataclass(frozen=True, kw_only=True)(cls)
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
