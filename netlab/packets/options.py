"""Options: small headers at the end of a header. IPv4's and TCP's share one form, IPv6 has its own.

RFC 9293, section 3.1 and RFC 791, section 3.1: one byte of kind alone, or kind, length, data.
RFC 8200, section 4.2: type, length of the data, data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from netlab.packets.errors import PacketError
from netlab.packets.field import bits, tail, unit
from netlab.packets.header import Header, header


class Option(Header):
    """An option. A length left out is filled in at once, for an option knows its own length."""

    NAME = "Option"
    SIZED_BY = "length"
    LENGTH_IS_OF_DATA: ClassVar[bool] = False  # IPv6: the two bytes of type and length not counted

    def stated_size(self) -> int:
        """The length field counts kind and length too, except in IPv6."""
        length: int | None = getattr(self, "length", None)
        return self.SIZE if length is None else length + 2 * self.LENGTH_IS_OF_DATA

    def __post_init__(self) -> None:
        if getattr(self, "length", 0) is None:
            object.__setattr__(self, "length", self.size - 2 * self.LENGTH_IS_OF_DATA)


@header
class End(Option):
    """No option follows; the bytes after it fill the header up to a multiple of 4."""

    NAME = "End of Option List"
    RFC = "RFC 9293, section 3.2; RFC 791, section 3.1"
    kind: int = bits(8, "Kind", "0: no option follows")
    padding: bytes = tail("Padding", "fills the header up to its length; 0 as a rule")

    def text(self) -> str:
        """How much padding."""
        return f"then {len(self.padding)} bytes of padding" if self.padding else "end"


@header
class NoOperation(Option):
    """One byte of nothing, often put before an option to align it."""

    NAME = "No-Operation"
    RFC = "RFC 9293, section 3.2; RFC 791, section 3.1"
    kind: int = bits(8, "Kind", "1: this byte says nothing", default=1)

    def text(self) -> str:
        """Nothing."""
        return "nothing"


@header
class UnknownOption(Option):
    """An option that netlab does not know, or of an unusual length: its data are kept as bytes."""

    NAME = "Unknown option"
    RFC = "RFC 9293, section 3.1; RFC 791, section 3.1"
    kind: int = bits(8, "Kind", "which option this is", default=253)
    length: int = bits(8, "Length", "of the whole option", unit("bytes"), default=None)
    data: bytes = tail("Data", "what the option says")

    def text(self) -> str:
        """Its number and its bytes."""
        return f"kind {self.kind}, {len(self.data)} bytes of data {self.data.hex()}".rstrip()


Options = tuple[Option, ...]
Known = Mapping[int, type[Option]]


def reader(layer: str, known: Known) -> Callable[[bytes], Options]:
    """A function that reads a list of IPv4 or TCP options. It raises PacketError."""

    def read(data: bytes) -> Options:
        options: list[Option] = []
        at = 0
        while at < len(data):
            kind = data[at]
            if kind == 0:
                options.append(End(padding=data[at + 1 :]))
                break
            if kind == 1:
                options.append(NoOperation.parse(data[at:]))
                at += 1
                continue
            length = data[at + 1] if at + 1 < len(data) else 0
            _must_fit(layer, kind, length, len(data) - at)
            options.append(_option(known.get(kind), UnknownOption, data[at : at + length]))
            at += length
        return tuple(options)

    return read


def write(options: Options) -> bytes:
    """The bytes of a list of options."""
    return b"".join(map(bytes, options))


def show(options: Options) -> str:
    """The names of the options."""
    return ", ".join(option.NAME for option in options) or "none"


def padded(options: Options, to: int = 4) -> Options:
    """The options, with End and zeros after them so that they fill whole words of `to` bytes."""
    missing = -len(write(options)) % to
    return (*options, End(padding=bytes(missing - 1))) if missing else tuple(options)


def _option(known: type[Option] | None, unknown: type[Option], data: bytes) -> Option:
    """One option from exactly its bytes; kept raw if they are not what its class expects."""
    if known is not None and (len(data) == known.SIZE or (known.TAIL and len(data) > known.SIZE)):
        try:
            return known.parse(data)
        except PacketError:
            pass  # such as half an address in a list of them
    return unknown.parse(data)


def _must_fit(layer: str, kind: int, length: int, left: int, least: int = 2) -> None:
    """An option's length covers itself and no more than there is."""
    where = f"Length of option {kind}"
    if left < 2:
        problem = "expected a kind and a length, but the header ends after the kind"
        raise PacketError(layer, where, problem, expected=2, actual=left)
    if length < least:
        problem = f"expected at least {least}, got {length}; the field is wrong"
        raise PacketError(layer, where, problem, expected=least, actual=length)
    if length > left:
        problem = f"it says {length} bytes, but the header has {left} left; the field is wrong"
        raise PacketError(layer, where, problem, expected=length, actual=left)


@header
class Pad1(Option):
    """One byte of nothing, so that what follows starts at a multiple of 4 or 8."""

    NAME = "Pad1"
    RFC = "RFC 8200, section 4.2"
    type: int = bits(8, "Option Type", "0: this byte says nothing")

    def text(self) -> str:
        """Nothing."""
        return "nothing"


@header
class Option6(Option):
    """An option of IPv6; the two top bits of its type say what a host does that knows it not."""

    NAME = "Option"
    RFC = "RFC 8200, section 4.2"
    LENGTH_IS_OF_DATA = True
    type: int = bits(8, "Option Type", "which option this is", default=0x1E)
    length: int = bits(8, "Opt Data Len", "of the data alone", unit("bytes"), default=None)
    data: bytes = tail("Option Data", "what the option says")

    def text(self) -> str:
        """Its number and its bytes."""
        return f"type {self.type}, {len(self.data)} bytes of data {self.data.hex()}".rstrip()


@header
class PadN(Option6):
    """Two or more bytes of nothing, so that what follows starts at a multiple of 4 or 8."""

    NAME = "PadN"
    type: int = bits(8, "Option Type", "1: these bytes say nothing", default=1)


@header
class RouterAlert6(Option6):
    """Routers on the way look at this packet more closely."""

    NAME = "Router Alert"
    RFC = "RFC 2711, section 2.1"
    type: int = bits(8, "Option Type", "5: Router Alert", default=5)


@header
class JumboPayload(Option6):
    """The length of a packet too long for the IPv6 header's own field."""

    NAME = "Jumbo Payload"
    RFC = "RFC 2675, section 2"
    type: int = bits(8, "Option Type", "194: Jumbo Payload", default=194)


KNOWN6: Known = {1: PadN, 5: RouterAlert6, 194: JumboPayload}


def reader6(layer: str) -> Callable[[bytes], Options]:
    """A function that reads a list of IPv6 options. It raises PacketError."""

    def read(data: bytes) -> Options:
        options: list[Option] = []
        at = 0
        while at < len(data):
            if data[at] == 0:
                options.append(Pad1.parse(data[at:]))
                at += 1
                continue
            length = data[at + 1] + 2 if at + 1 < len(data) else 0
            _must_fit(layer, data[at], length, len(data) - at)
            options.append(_option(KNOWN6.get(data[at]), Option6, data[at : at + length]))
            at += length
        return tuple(options)

    return read


def padded6(options: Options) -> Options:
    """The options with Pad1 or PadN after them, so that 2 bytes before them fill words of 8."""
    missing = -(2 + len(write(options))) % 8
    if missing == 0:
        return tuple(options)
    return (*options, Pad1() if missing == 1 else PadN(data=bytes(missing - 2)))
