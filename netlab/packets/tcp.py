"""TCP: a stream of bytes, numbered, acknowledged and paced."""

from __future__ import annotations

from typing import Any, Self

from netlab.packets import options as opts
from netlab.packets.field import FLAG, HEX, bits, tail, times, unit
from netlab.packets.header import Header, header
from netlab.packets.tcp_options import KNOWN

FLAGS = ("cwr", "ece", "urg", "ack", "psh", "rst", "syn", "fin")  # in the order of the wire
SPOKEN = ("syn", "fin", "rst", "psh", "ack", "urg", "ece", "cwr")  # in the order of speech


@header
class TCP(Header):
    """Which socket a segment is for, where its bytes belong in the stream, what has arrived."""

    NAME = "TCP"
    RFC = "RFC 9293, section 3.1"
    SIZED_BY = "data_offset"
    CHECKSUM = "pseudo-header"
    source_port: int = bits(16, "Source Port", "the socket that sent it")
    destination_port: int = bits(16, "Destination Port", "the socket it is for")
    sequence_number: int = bits(
        32, "Sequence Number", "number of the first byte carried; SYN and FIN count as a byte"
    )
    acknowledgment_number: int = bits(
        32, "Acknowledgment Number", "the next byte expected: all before it have arrived"
    )
    data_offset: int = bits(
        4,
        "Data Offset",
        "length of this header in words of 4 bytes",
        times(4, "bytes"),
        default=None,
    )
    reserved: int = bits(4, "Reserved", "always 0, for later use")
    cwr: bool = bits(
        1,
        "CWR",
        "the sender has slowed down after ECE",
        FLAG,
        default=False,
        rfc="RFC 3168, section 6.1",
    )
    ece: bool = bits(
        1,
        "ECE",
        "a router warned of congestion",
        FLAG,
        default=False,
        rfc="RFC 3168, section 6.1",
    )
    urg: bool = bits(1, "URG", "the Urgent Pointer counts", FLAG, default=False)
    ack: bool = bits(1, "ACK", "the Acknowledgment Number counts", FLAG, default=False)
    psh: bool = bits(1, "PSH", "hand the data to the program now", FLAG, default=False)
    rst: bool = bits(1, "RST", "the connection is broken off", FLAG, default=False)
    syn: bool = bits(1, "SYN", "a connection opens: numbering starts here", FLAG, default=False)
    fin: bool = bits(1, "FIN", "the sender has no more data", FLAG, default=False)
    window: int = bits(
        16,
        "Window",
        "how much more the sender of this can take, before scaling",
        unit("bytes"),
        default=65535,
    )
    checksum: int = bits(16, "Checksum", "guards the segment and both addresses", HEX, default=None)
    urgent_pointer: int = bits(16, "Urgent Pointer", "where urgent data end; hardly used")
    options: opts.Options = tail(
        "Options",
        "extras, most of them agreed with the SYN",
        opts.reader("TCP", KNOWN),
        opts.write,
        opts.show,
        default=(),
    )

    @property
    def flags(self) -> str:
        """The flags that are set, such as "SYN, ACK"."""
        return ", ".join(flag.upper() for flag in SPOKEN if getattr(self, flag)) or "no flags"

    def stated_size(self) -> int:
        """Data Offset counts words."""
        return self.data_offset * 4

    def lengths(self, inner: int) -> dict[str, Any]:
        """Data Offset; the length of the data stands in no field of TCP."""
        return {"data_offset": self.size // 4}

    def filled(self, inner: int) -> Self:
        """Options are padded to whole words, if Data Offset is left out."""
        unsized = self.data_offset is None
        whole = self.replace(options=opts.padded(self.options)) if unsized else self
        return super(TCP, whole).filled(inner)
