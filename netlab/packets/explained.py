"""What a header can say about its fields: where they are, what they hold, what that means."""

from __future__ import annotations

import html
from typing import Any, ClassVar

from netlab.packets.field import UNSET, Declared, Field, Tail


class Explained:
    """A header as a list of fields. PLACES and TAIL are made from what its class declares."""

    NAME: ClassVar[str] = "header"  # what people call the layer
    RFC: ClassVar[str] = ""  # where the format is defined, unless a field says otherwise
    SIZE: ClassVar[int] = 0  # bytes of the fixed fields
    PLACES: ClassVar[tuple[tuple[str, int, int, Declared], ...]] = ()  # name, shift, mask, what
    TAIL: ClassVar[tuple[str, Tail] | None] = None

    @property
    def size(self) -> int:
        """Bytes of this header."""
        raise NotImplementedError

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field in the order of the wire; an option is a field whose value has fields."""
        found = self._fixed()
        if self.TAIL is not None:
            name, end = self.TAIL
            value, at = getattr(self, name), self.SIZE * 8
            if isinstance(value, tuple) and value and isinstance(value[0], Explained):
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

    def _repr_markdown_(self) -> str:
        """The same as a table for notebooks, with meanings; flags that are not set share a line."""
        lines = [f"{self.NAME} header, {self.size} bytes ({self.RFC})", ""]
        lines += ["| field | value | meaning |", "|:---|:---|:---|"]
        for f in self.fields:
            if f.text != UNSET:
                rfc = f" ({f.rfc})" if f.rfc != self.RFC else ""
                cells = (f.label, f.text, f.meaning.rstrip(".") + rfc)
                lines.append(f"| {' | '.join(html.escape(cell, quote=False) for cell in cells)} |")
        unset = ", ".join(f.label for f in self.fields if f.text == UNSET)
        return "\n".join([*lines, *(["", f"Not set: {unset}."] if unset else [])])

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
