"""Headers: parsing and building are each other's inverse, and every field is where it says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netlab.packets import TCP, UDP, Ethernet, Header, IPv4, PacketError, TruncatedError
from netlab.packets import options as opts
from netlab.packets import tcp_options as t
from netlab.packets.field import bits
from netlab.packets.header import header as as_header
from tests.packets.examples import HEADERS, NAMES, REAL_SYN

every_header = pytest.mark.parametrize("header", HEADERS, ids=NAMES)
NOPS = [opts.NoOperation()] * 2
KINDS = sorted({type(header) for header in HEADERS}, key=lambda kind: kind.__name__)


@every_header
def test_building_and_parsing_are_inverse(header: Header) -> None:
    data = bytes(header)
    assert type(header).choose(data) is type(header)
    assert type(header).parse(data) == header
    assert type(header).parse(data + b"what follows is ignored") == header
    assert header.size == len(data) == type(header).parse(data).stated_size()


@every_header
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_bytes_come_back_as_they_were(header: Header, data: st.DataObject) -> None:
    """Whatever parses is built again to the same bytes, odd options and padding too."""
    kind = type(header)
    noise = bytearray(bytes(header) + data.draw(st.binary(max_size=60)))
    for at in data.draw(st.lists(st.integers(0, len(noise) - 1), max_size=8)):
        noise[at] = data.draw(st.integers(0, 255))
    try:
        read = kind.parse(bytes(noise))
    except PacketError:
        return
    assert bytes(read) == noise[: read.size]
    assert kind.parse(bytes(read)) == read


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_values_come_back_as_they_were(kind: type[Header], data: st.DataObject) -> None:
    values = {}
    for name, _, mask, what in kind.PLACES:
        number = data.draw(st.integers(0, mask), label=name)
        values[name] = number if what.kind.read is None else what.kind.read(number)
    keep = {"version", "ihl", "data_offset", "extension_length"}
    example = next(header for header in HEADERS if type(header) is kind)
    values |= {name: getattr(example, name) for name in keep & set(values)}
    header = example.replace(**values)
    assert kind.parse(bytes(header)) == header


@every_header
def test_fields_cover_the_header_without_gap_or_overlap(header: Header) -> None:
    at = 0
    for field in header.fields:
        assert field.offset == at and field.bits > 0
        at += field.bits
        assert field.label and field.meaning and field.text, field
        assert "RFC" in field.rfc or "IEEE" in field.rfc or "LINKTYPE" in field.rfc, field
    assert at == header.size * 8
    assert sum(size for _, size in header.parts()) == header.size
    assert header.describe().count("\n") == len(header.fields)
    rows = header._repr_markdown_().splitlines()[4:]
    unset = [field for field in header.fields if field.text == "not set"]
    assert sum(row.startswith("| ") for row in rows) == len(header.fields) - len(unset)
    assert all(field.label in rows[-1] for field in unset)
    assert all(row.count("|") == 4 for row in rows if row.startswith("|"))


@every_header
def test_each_bit_belongs_to_the_field_that_says_so(header: Header) -> None:
    """Flip one bit: that field's value changes, and no other."""
    kind, room = type(header), bytes(2100)
    data = bytes(header)
    before = {field.name: field.value for field in kind.parse(data + room)._fixed()}
    lengths = {kind.SIZED_BY, "version"}
    for bit in range(kind.SIZE * 8):
        owner = next(f for f in header.fields if f.offset <= bit < f.offset + f.bits)
        flipped = bytearray(data)
        flipped[bit // 8] ^= 0x80 >> bit % 8
        try:
            after = {f.name: f.value for f in kind.parse(bytes(flipped) + room)._fixed()}
        except PacketError:
            assert owner.name in lengths
            continue
        changed = {name for name in before if before[name] != after[name]}
        assert changed == {owner.name}
        if isinstance(before[owner.name], int):
            weight = 1 << (owner.offset + owner.bits - 1 - bit)
            assert int(before[owner.name]) ^ int(after[owner.name]) == weight


@every_header
def test_each_option_is_a_field_with_fields_of_its_own(header: Header) -> None:
    data = bytes(header)
    for field in header.fields:
        if isinstance(field.value, Header):
            raw = data[field.bytes.start : field.bytes.stop]
            assert bytes(field.value) == raw
            assert sum(f.bits for f in field.value.fields) == field.bits


@every_header
def test_a_header_cut_anywhere_says_so(header: Header) -> None:
    data = bytes(header)
    for size in range(len(data)):
        with pytest.raises(TruncatedError) as caught:
            type(header).parse(data[:size])
        error = caught.value
        assert (error.layer, error.actual) == (header.NAME, size)
        assert error.expected in (header.SIZE, header.size) and error.expected > size
        assert f"{error.expected} bytes" in str(error) and str(size) in str(error)
        whole = [field for field in header.fields if field.bytes.stop <= size]
        read = [field for field in whole if field.offset < header.SIZE * 8]
        assert list(error.fields) == read, "what is before the cut can still be read"


def test_what_people_read() -> None:
    ip, tcp = IPv4.parse(REAL_SYN), TCP.parse(REAL_SYN[20:])
    said = {field.name: field.text for field in (*tcp.fields, *ip.fields)}
    assert said["ttl"] == "64 hops"
    assert said["ihl"] == "5 (20 bytes)"
    assert said["protocol"] == "6 (TCP)"
    assert said["source"] == "127.0.0.1"
    assert said["syn"] == "set" and said["ack"] == "not set"
    assert said["data_offset"] == "10 (40 bytes)"
    assert tcp.flags == "SYN"
    assert tcp.replace(ack=True).flags == "SYN, ACK"
    assert tcp.replace(syn=False).flags == "no flags"
    assert [str(f) for f in tcp.fields if isinstance(f.value, Header)] == [
        "Maximum Segment Size: 65495 bytes",
        "SACK-Permitted: yes",
        "Timestamps: value 3803489553, echo reply 0",
        "No-Operation: nothing",
        "Window Scale: 10 (times 1024)",
    ]
    assert tcp.parts()[4:6] == [
        ("Data Offset, Reserved", 1),
        ("CWR, ECE, URG, ACK, PSH, RST, SYN, FIN", 1),
    ]


@pytest.mark.parametrize(
    ("raw", "options"),
    [
        ("0101 0101", [*NOPS, *NOPS]),
        ("00ff 0203", [opts.End(padding=bytes.fromhex("ff0203"))]),
        ("0204 05b4", [t.MaximumSegmentSize(mss=1460)]),
        ("0206 05b4 ffff 0101", [opts.UnknownOption(kind=2, data=b"\x05\xb4\xff\xff"), *NOPS]),
        ("0502 0101", [t.SACK(), *NOPS]),
        ("0504 0101", [opts.UnknownOption(kind=5, data=b"\1\1")]),
        ("fd02 fd02", [opts.UnknownOption(data=b"")] * 2),
    ],
)  # fmt: skip
def test_odd_options_are_kept(raw: str, options: list[opts.Option]) -> None:
    data = bytes.fromhex(raw)
    tcp = TCP(options=tuple(options), checksum=0).filled(0)
    assert bytes(tcp)[20:] == data
    assert list(TCP.parse(bytes(tcp)).options) == options


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("0200 0000", "expected at least 2, got 0"),
        ("0201 0000", "expected at least 2, got 1"),
        ("0205 0000", "it says 5 bytes, but the header has 4 left"),
        ("0101 0102", "the header ends after the kind"),
    ],
)
def test_impossible_options_are_an_error(raw: str, problem: str) -> None:
    tcp = bytes(TCP(checksum=0, data_offset=6)) + bytes.fromhex(raw)
    with pytest.raises(PacketError, match=f"TCP, Length of option .*: .*{problem}"):
        TCP.parse(tcp)


def test_building_says_what_is_wrong() -> None:
    with pytest.raises(PacketError, match="UDP, Length: not known for a header alone; give length"):
        bytes(UDP())
    with pytest.raises(PacketError, match="Source Port: 16 bits hold 0 to 65535, got 65536"):
        bytes(UDP(source_port=65536, length=8, checksum=0))
    with pytest.raises(PacketError, match="Source Port: 16 bits hold 0 to 65535, got -1"):
        bytes(UDP(source_port=-1, length=8, checksum=0))
    with pytest.raises(PacketError, match="Source Port: 'str' object"):
        bytes(UDP(source_port="80", length=8, checksum=0))  # type: ignore[arg-type]
    with pytest.raises(PacketError, match="Source Address: expected an address like 198"):
        bytes(IPv4(source="alice", protocol=6, ihl=5, total_length=20, checksum=0))
    with pytest.raises(PacketError, match="Destination Address: expected an address like 02:00"):
        bytes(Ethernet(destination="2:0", type=1))
    with pytest.raises(
        PacketError, match="IPv4, IHL: expected a header of at least 20 bytes, got 16"
    ):
        IPv4.parse(b"\x44" + bytes(40))
    with pytest.raises(PacketError, match="TCP, Data Offset: 4 bits hold 0 to 15, got 16"):
        bytes(TCP(options=(opts.NoOperation(),) * 44, checksum=0).filled(0))
    with pytest.raises(PacketError, match="TCP, Options: "):
        bytes(TCP(options=(t.SACK(blocks=((0, 2**32),), length=10),), checksum=0, data_offset=8))
    assert UDP().describe().count("to be filled in") == 2


def test_a_header_of_half_bytes_is_refused() -> None:
    with pytest.raises(AssertionError, match="Odd has 4 bits: not whole bytes"):

        @as_header
        class Odd(Header):
            nibble: int = bits(4, "Nibble", "half a byte")


@every_header
def test_a_header_is_a_value(header: Header) -> None:
    copy = type(header).parse(bytes(header))
    assert copy is not header and copy == header and hash(copy) == hash(header)
    assert copy != header.replace(**{header.fields[0].name: None}) and copy != bytes(header)
    with pytest.raises(AttributeError):
        copy.anything = 1  # type: ignore[attr-defined]


def test_a_header_shows_what_is_not_as_usual() -> None:
    assert repr(UDP(source_port=7, checksum=0)) == "UDP(source_port=7, checksum=0)"
    assert repr(TCP(syn=True, options=(t.SACKPermitted(),))) == (
        "TCP(syn=True, options=(SACKPermitted(),))"
    )
