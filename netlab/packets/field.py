"""Fields: how a header class declares one, and what is said of it once there are bytes."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from netlab.packets import address


@dataclass(frozen=True)
class Kind:
    """How a field's number becomes a Python value (read), comes back (write), and is shown."""

    read: Callable[[int], Any] | None = None  # None: the value is the number itself
    write: Callable[[Any], int] = operator.index
    show: Callable[[Any], str] = str


UNSET = "not set"
NUMBER = Kind()
HEX = Kind(show=lambda value: f"0x{value:04x}")
FLAG = Kind(bool, operator.index, lambda value: "set" if value else UNSET)
MAC = Kind(address.mac_text, address.mac_number)
IPV4 = Kind(address.ipv4_text, address.ipv4_number)
IPV6 = Kind(address.ipv6_text, address.ipv6_number)


def unit(word: str) -> Kind:
    """A number of something: 64 hops."""
    return Kind(show=lambda value: f"{value} {word}")


def times(factor: int, word: str, more: int = 0) -> Kind:
    """A number that counts in steps: 5 (20 bytes)."""
    return Kind(show=lambda value: f"{value} ({value * factor + more} {word})")


def named(names: Mapping[int, str], code: str = "{}") -> Kind:
    """A number with an agreed meaning: 6 (TCP)."""

    def show(value: int) -> str:
        return f"{code.format(value)} ({names[value]})" if value in names else code.format(value)

    return Kind(show=show)


@dataclass(frozen=True)
class Field:
    """One field of one header: where its bits are, what they say, and what that means.

    name: the attribute. label: the RFC's word. offset, bits: where, in bits from the header's
    start, the leftmost bit of the first byte being bit 0. text: the value for people.
    """

    name: str
    label: str
    value: Any
    offset: int
    bits: int
    meaning: str
    text: str
    rfc: str

    @property
    def bytes(self) -> range:
        """The bytes of the header that hold a bit of this field."""
        return range(self.offset // 8, (self.offset + self.bits + 7) // 8)

    @property
    def where(self) -> str:
        """The bits, such as 4–7."""
        last = self.offset + self.bits - 1
        return f"{self.offset}–{last}" if self.bits > 1 else f"{last}"

    def __str__(self) -> str:
        return f"{self.label}: {self.text}"


@dataclass(frozen=True)
class Declared:
    """What a header class says about a field of fixed size."""

    bits: int
    label: str
    meaning: str
    kind: Kind
    rfc: str


@dataclass(frozen=True)
class Tail:
    """What a header class says about the part of variable size at its end."""

    label: str
    meaning: str
    read: Callable[[bytes], Any]
    write: Callable[[Any], bytes]
    show: Callable[[Any], str]
    rfc: str


def bits(
    size: int, label: str, meaning: str, kind: Kind = NUMBER, *, default: Any = 0, rfc: str = ""
) -> Any:
    """Declare a field of `size` bits. default None: filled in when a Packet is built."""
    return field(default=default, metadata={"is": Declared(size, label, meaning, kind, rfc)})


def tail(
    label: str,
    meaning: str,
    read: Callable[[bytes], Any] = bytes,
    write: Callable[[Any], bytes] = bytes,
    show: Callable[[Any], str] = bytes.hex,
    *,
    default: Any = b"",
    rfc: str = "",
) -> Any:
    """Declare what follows the fixed fields: raw bytes, unless read and write say otherwise."""
    return field(default=default, metadata={"is": Tail(label, meaning, read, write, show, rfc)})
