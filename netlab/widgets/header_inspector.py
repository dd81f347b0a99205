"""HeaderInspector: packets as bytes and as fields; choosing one side marks the other."""

from __future__ import annotations

import html
import threading
from collections.abc import Iterable
from os import PathLike
from typing import Any, NamedTuple

from ipywidgets import HBox, IntSlider, Layout, Select  # type: ignore[import-untyped]

from netlab.packets import Packet, Pcap, read_pcap
from netlab.widgets.explorer import Explorer
from netlab.widgets.hex_dump import MOST, dump

Source = str | PathLike[str] | Pcap | Packet | Iterable[Any]


class Part(NamedTuple):
    """One field of a packet: of which layer, and where; first and last are bits of the packet."""

    layer: str
    label: str
    text: str
    meaning: str
    rfc: str
    first: int
    last: int

    @property
    def bytes(self) -> range:
        return range(self.first // 8, self.last // 8 + 1)

    def __str__(self) -> str:
        text = self.text if len(self.text) <= 28 else self.text[:27] + "…"
        return f"{self.layer} · {self.label}: {text}"


class HeaderInspector(Explorer):
    """Steps through packets; a byte chosen marks its field, a field chosen marks its bytes.

    source: a capture file or its path, a trace of a network, or packets. Raises TypeError if it
    is none of these, ValueError if it holds no packet.
    """

    def __init__(self, source: Source) -> None:
        self.packets = _packets(source)
        self.parts = [parts(packet) for packet in self.packets]
        self.rows = max(-(-min(len(p), MOST) // 16) for p in self.packets)
        self._turn = threading.RLock()  # callbacks may come from more than one thread
        self._stepping = False
        sliders = {
            "packet": _slider("Packet", 1, len(self.packets)),
            "byte": _slider("Byte", 0, self._last_byte(1)),
            "field": _slider("Field", 0, len(self.parts[0]) - 1),
        }
        # the list is for the mouse: in JupyterLab its arrow keys would move from cell to cell
        self.list = Select(
            options=[str(part) for part in self.parts[0]],
            description="Fields",
            rows=17,
            style={"description_width": "4em"},
            layout=Layout(width="370px", max_width="100%"),
        )
        super().__init__(
            sliders,
            f"Header inspector: {len(self.packets)} packet{'s' * (len(self.packets) != 1)} as "
            "bytes and as fields. Sliders choose a packet, a byte and a field.",
        )
        self.picture.layout.flex = "1 1 360px"
        self._row = HBox([self.list, self.picture], layout=Layout(flex_flow="row wrap"))
        self._box.children = [*sliders.values(), self._row]
        sliders["packet"].observe(self._step, "value")
        sliders["byte"].observe(self._to_field, "value")
        sliders["field"].observe(self._to_byte, "value")
        self.list.observe(self._listed, "index")

    def render(self, packet: int, byte: int, field: int) -> str:
        """The bytes with the field marked to the bit, and what the field means."""
        shown, fields = self.packets[packet - 1], self.parts[packet - 1]
        at, part = min(byte, self._last_byte(packet)), fields[min(field, len(fields) - 1)]
        picture = dump(shown, at, (part.first, part.last), self.rows)
        return (
            f'<div style="line-height:1.4"><div><b>Packet {packet} of {len(self.packets)}:</b> '
            f"{html.escape(_short(shown.summary()))}</div>{picture}"
            f"{_meaning(shown.data[at], at, part, fields)}</div>"
        )

    def _last_byte(self, packet: int) -> int:
        return min(len(self.packets[packet - 1]), MOST) - 1

    def _step(self, change: Any) -> None:
        """Another packet: stay with the field of the same name, or else with the same byte."""
        with self._turn:
            byte, field = self.controls["byte"], self.controls["field"]
            fields, last = self.parts[change["new"] - 1], self._last_byte(change["new"])
            was = self.parts[change["old"] - 1][field.value][:2]
            same = [i for i, f in enumerate(fields) if f[:2] == was]
            here = [i for i, f in enumerate(fields) if min(byte.value, last) in f.bytes]
            self._stepping = True
            try:
                self.list.options = [str(part) for part in fields]
                field.max, byte.max = len(fields) - 1, last
                field.value = self.list.index = [*same, *here][0]
                if byte.value not in fields[field.value].bytes:
                    byte.value = min(fields[field.value].bytes.start, last)
            finally:
                self._stepping = False

    def _to_field(self, change: Any) -> None:
        """A byte was chosen: mark its field, unless the one marked holds it already."""
        with self._turn:
            fields, field = self.parts[self.controls["packet"].value - 1], self.controls["field"]
            if not self._stepping and change["new"] not in fields[field.value].bytes:
                field.value = next(i for i, f in enumerate(fields) if change["new"] in f.bytes)

    def _to_byte(self, change: Any) -> None:
        """A field was chosen: go to its first byte, unless we are on one of its bytes."""
        with self._turn:
            if not self._stepping:
                part, byte = self.parts[self.controls["packet"].value - 1], self.controls["byte"]
                here = part[change["new"]].bytes
                self.list.index = change["new"]
                if byte.value not in here:
                    byte.value = min(here.start, byte.max)

    def _listed(self, change: Any) -> None:
        """A field was chosen in the list."""
        with self._turn:
            if not self._stepping and change["new"] is not None:
                self.controls["field"].value = change["new"]

    def close(self) -> None:
        """Take the explorer away."""
        super().close()
        for part in (self.list.style, self.list.layout, self.list, self._row.layout, self._row):
            part.close()


def parts(packet: Packet) -> list[Part]:
    """Every field of every header, in the order of the wire; then payload and trailer."""
    found = []
    for layer in packet.layers:
        if layer.header is None:
            data, size = packet.data[layer.start : layer.stop], layer.stop - layer.start
            words = f"{size} byte{'s' * (size != 1)}"
            text = f"{data[:40]!r}" + " and more" * (size > 40)
            ends = layer.start * 8, layer.stop * 8 - 1
            found.append(Part(layer.name, words, text, _BEYOND[layer.name], "", *ends))
            continue
        for field in layer.header.fields:
            first = layer.start * 8 + field.offset
            ends = first, first + field.bits - 1
            told = (layer.name, field.label, field.text, field.meaning, field.rfc)
            found.append(Part(*told, *ends))
    return found


_BEYOND = {
    "payload": "What the last header carries: the program's own bytes.",
    "trailer": "Filling behind the packet, to make the frame long enough.",
}


def _meaning(value: int, at: int, part: Part, fields: list[Part]) -> str:
    """The byte in bits, the field's place, value and meaning, and who shares the byte."""
    here = part.bytes
    bits = "".join(
        f"<b><u>{bit}</u></b>" if part.first <= at * 8 + i <= part.last else bit
        for i, bit in enumerate(f"{value:08b}")
    )
    place = f"byte {here.start}" if len(here) == 1 else f"bytes {here.start}–{here.stop - 1}"
    size = part.last - part.first + 1
    if part.first % 8 or size % 8:
        place += f", {size} bit{'s' * (size != 1)} of {8 * len(here)}"
    others = [f.label for f in fields if at in f.bytes and f is not part]
    shared = f" This byte also holds {', '.join(others)}." if others else ""
    meaning = part.meaning[:1].upper() + part.meaning[1:].rstrip(".")
    meaning += f" ({part.rfc})" * bool(part.rfc) + "."
    esc = html.escape
    return (
        '<div role="status" aria-live="polite" style="height:9.8em;overflow-y:auto">'
        f"<b>{esc(part.layer)} · {esc(part.label)}</b> ({place}): <b>{esc(part.text)}</b><br>"
        f"{esc(meaning)}<br>Byte {at} is 0x{value:02x}, in bits "
        f'<span style="font-family:var(--jp-code-font-family, monospace)">{bits}</span>.'
        f"{esc(shared)}</div>"
    )


def _short(words: str) -> str:
    return words if len(words) <= 70 else words[:69] + "…"


def _slider(words: str, low: int, high: int) -> Any:
    return IntSlider(
        low,
        low,
        high,
        description=words,
        style={"description_width": "4em"},
        layout=Layout(width="100%", max_width="640px"),
    )


def _packets(source: Source) -> list[Packet]:
    """The packets of whatever was given."""
    if isinstance(source, str | PathLike):
        source = read_pcap(source)
    if isinstance(source, Pcap):
        source = source.packets(strict=False)
    if not isinstance(source, Iterable):
        raise TypeError(f"expected a capture file, a trace, or packets; got {source!r}")
    things = [source] if isinstance(source, Packet) else list(source)
    packets = [getattr(thing, "packet", thing) for thing in things]
    if not packets:
        raise ValueError("expected at least one packet; came none; is the trace still empty?")
    for packet in packets:
        if not isinstance(packet, Packet):
            raise TypeError(f"expected a capture file, a trace, or packets; got {packet!r}")
    return packets
