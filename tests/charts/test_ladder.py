"""ladder: every packet an arrow in its place, long runs folded, nothing cut or colliding."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import cos, radians, sin
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.text import Text

from conftest import written
from netlab.charts import Chart, ladder
from netlab.network.rows import ROW
from netlab.network.trace import Trace
from netlab.packets import ARP, UDP, Ethernet, ICMPEcho, ICMPTimeExceeded, IPv4, Packet
from tests.network.packets import Tape, bulk, echo, loss, tcp


def arrows(chart: Chart, gid: str = "") -> list[tuple[float, float, float, float]]:
    """Both ends of each arrow (of one fate): x, y, x, y in inches from the upper left."""
    found: Any = chart.axes[0].patches
    return [
        (*(float(n) for n in arrow._posA_posB[0]), *(float(n) for n in arrow._posA_posB[1]))
        for arrow in found
        if isinstance(arrow, FancyArrowPatch) and gid in ("", arrow.get_gid())
    ]


def bands(chart: Chart) -> list[Rectangle]:
    return [p for p in chart.axes[0].patches if isinstance(p, Rectangle) and p.get_gid() == "band"]


def pings() -> Trace:
    tape = Tape("alice", "switch1", "bob", delay=0.0005, first="ethernet")
    for source, target, op in (("alice", "bob", 1), ("bob", "alice", 2)):
        data = bytes(Packet(Ethernet(), ARP(opcode=op, sender_ip="198.51.100.1")))
        tape.seen(0.002 * op, source, "switch1", data)
        tape.seen(0.002 * op + 0.0006, "switch1", target, data)
    for n in range(3):
        there = tape.send(1.0 + n, "alice", ICMPEcho(type=8, sequence_number=n), b"x" * 56)
        tape.send(there, "bob", ICMPEcho(type=0, sequence_number=n), b"x" * 56)
    return tape.trace()


def troubles() -> Trace:
    tape = Tape("alice", "r1")
    tape.send(0.0, "alice", UDP(), b"x" * 10, fate="duplicated", again=0.006)
    tape.send(0.001, "alice", UDP(), b"x" * 11, fate="reordered", delay=0.02)
    tape.send(0.002, "alice", UDP(), b"x" * 12)
    tape.send(0.003, "alice", UDP(), b"x" * 13, fate="lost")
    tape.send(0.004, "alice", UDP(), b"x" * 14, fate="queue full")
    return tape.trace()


TRACES = {
    "echo": lambda: echo(Tape("alice", "r1")).trace(),
    "three links": lambda: echo(Tape("alice", "r1", "r2", "bob")).trace(),
    "two connections": lambda: echo(echo(Tape("alice", "r1")), 0.1, 40001).trace(),
    "ping": pings,
    "bulk": lambda: bulk(Tape("alice", "r1"), 200, (60,)).trace(not_kept=7),
    "one": lambda: echo(Tape("alice", "r1")).trace()[:1],
    "no delay": lambda: echo(Tape("alice", "r1", delay=0.0)).trace(),
}


def test_every_packet_is_an_arrow_from_sender_to_receiver() -> None:
    chart = ladder(echo(Tape("alice", "r1")).trace(), title="Hello")
    words = written(chart.figure).splitlines()
    for expected in ("alice", "r1", "Hello", "SYN", "SYN, ACK", "ACK 1", "5 bytes  seq 1", "ACK 6"):
        assert expected in words
    assert words.count("5 bytes  seq 1") == words.count("FIN, ACK") == 2
    assert "rootless network · 10 packets · time is not to scale" in words
    drawn = arrows(chart)
    assert len(drawn) == 10
    assert [a < b for a, _, b, _ in drawn] == [n in (0, 2, 3, 6, 7, 9) for n in range(10)]
    assert all(down > up for _, up, _, down in drawn)  # they fall by the time they take
    starts = [y for _, y, _, _ in drawn]
    assert starts == sorted(starts)
    for (_, _, _, arrived), (_, left, _, _) in pairwise(drawn[:3]):
        assert left >= arrived  # the answer comes after the question


def test_time_is_to_scale_if_there_is_room() -> None:
    tape = Tape("alice", "r1")
    for n in range(4):
        tape.send(n * 0.005, "alice", UDP(), b"hello", delay=0.005 + 0.001 * n)
    chart = ladder(tape.trace())
    assert written(chart.figure).splitlines()[-1] == "rootless network · 4 packets"
    falls = [down - up for _, up, _, down in arrows(chart)]
    assert [fall / falls[0] for fall in falls] == pytest.approx([1, 1.2, 1.4, 1.6])


def test_a_packet_over_several_links_is_one_arrow_in_parts() -> None:
    chart = ladder(TRACES["three links"]())
    assert len(arrows(chart)) == 30
    words = written(chart.figure).splitlines()
    assert (words.count("SYN"), words.count("r2")) == (1, 1)
    assert "rootless network · 10 packets · time is not to scale" in words


def test_a_lost_packet_ends_on_its_way_and_its_repetition_is_named() -> None:
    chart = ladder(loss(Tape("alice", "r1")).trace())
    words = written(chart.figure).splitlines()
    assert words.count("lost") == 1
    assert "again: 1448 bytes  seq 2897" in words
    ((start, _, end, _),) = arrows(chart, "lost")
    assert 0.5 < (end - start) / (arrows(chart)[0][2] - start) < 0.9
    (cross,) = [line for line in chart.axes[0].lines if line.get_marker() == "x"]
    assert cross.get_xdata()[0] == pytest.approx(end)


def test_a_long_pause_is_cut_and_its_length_said() -> None:
    chart = ladder(loss(Tape("alice", "r1")).trace())
    assert "195 ms later" in written(chart.figure)
    assert "long pauses are cut" in written(chart.figure)
    assert chart.figure.get_size_inches()[1] < 8


def test_trouble_is_told_in_words_not_by_colour_alone() -> None:
    chart = ladder(troubles())
    words = written(chart.figure)
    for expected in ("(duplicated)", "(reordered)", "lost", "queue full: UDP 14 bytes"):
        assert expected in words
    assert len(arrows(chart, "duplicated")) == 2
    ends = {n: arrow[3] for n, arrow in enumerate(arrows(chart))}
    assert ends[2] > ends[3]  # the late one is overtaken


def test_a_packet_still_on_its_way_is_not_called_lost() -> None:
    data = bytes(Packet(IPv4(), UDP()))
    row = ROW.pack(1, 0, 0, 0, 0, 0, len(data), len(data), 0) + data
    words = written(ladder(Trace.from_rows(row, [("alice", "r1")])).figure)
    assert "on its way" in words
    assert "lost" not in words


@pytest.mark.parametrize("segments", [40, 600])
@pytest.mark.parametrize("lost", [(), (3,), tuple(range(5, 600, 30))])
def test_many_packets_are_folded_and_counted(segments: int, lost: tuple[int, ...]) -> None:
    trace = bulk(Tape("alice", "r1"), segments, lost).trace()
    chart = ladder(trace)
    assert bands(chart)
    assert len(arrows(chart)) + len(bands(chart)) <= 36
    words = written(chart.figure)
    for kept in ("SYN", "SYN, ACK", "ACK 1", "FIN, ACK"):
        assert kept in words.splitlines()
    folded = len(trace) - len(arrows(chart))
    assert f"· {len(trace)} packets · {folded} of them in bands" in words
    assert ("lost" in words) == bool(lost)
    if not lost and segments == 600:
        assert "866 kB  alice → r1 · 297 × ACK r1 → alice" in words
    assert chart.figure.get_size_inches()[1] < 20


def test_connections_are_numbered_if_there_are_several() -> None:
    words = written(ladder(TRACES["two connections"]()).figure).splitlines()
    assert "1: SYN" in words
    assert "2: 5 bytes  seq 1" in words


def test_what_was_not_kept_is_said() -> None:
    assert "7 earlier packets were not kept" in written(ladder(TRACES["bulk"]()).figure)


def test_the_text_has_no_times_ports_or_pure_acks_and_the_alt_text_has_times() -> None:
    one = ladder(echo(Tape("alice", "r1")).trace())
    other = ladder(echo(Tape("alice", "r1", delay=0.03), port=50000).trace(vehicle="recorded"))
    assert one.text == (
        "Ladder (rootless network): packets between alice and r1: SYN alice → r1; SYN, ACK "
        "r1 → alice; 5 bytes alice → r1; 5 bytes r1 → alice; FIN alice → r1; FIN r1 → alice."
    )
    assert other.text == one.text.replace("rootless network", "recorded")
    assert "5.02 ms r1 → alice SYN, ACK; 10 ms alice → r1 ACK 1" in one.alt
    assert "2 × ICMP" not in ladder(pings()).text
    assert "ARP; 3 × ICMP echo request; 3 × ICMP echo reply." in ladder(pings()).text


def test_errors_about_packets_are_named() -> None:
    tape = Tape("alice", "r1", "bob")
    inside = bytes(Packet(IPv4(source="198.51.100.1"), UDP(destination_port=33434)))[:28]
    tape.send(0.0, "alice", UDP(source_port=1234, destination_port=33434))
    answer = Packet(IPv4(source="198.51.100.2"), ICMPTimeExceeded(), inside)
    tape.seen(0.006, "r1", "alice", bytes(answer))
    words = written(ladder(tape.trace()).figure)
    assert "ICMP" in words
    assert "1234" not in words


# -- nothing collides or is cut ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "width"), [*((name, 6.4) for name in TRACES), ("echo", 12.8), ("three links", 12.8)]
)
def test_nothing_collides_or_is_cut(name: str, width: float) -> None:
    chart = ladder(TRACES[name](), width=width)
    chart.figure.draw_without_rendering()
    found: Any = chart.figure.findobj(Text)
    texts = [text for text in found if text.get_text() and text.get_visible()]
    page = chart.figure.bbox
    assert page.width == pytest.approx(100 * width)
    for text in texts:
        box = text.get_window_extent()
        assert page.x0 <= box.x0 and box.x1 <= page.x1, text
        assert page.y0 <= box.y0 and box.y1 <= page.y1, text
    for one, other in combinations(texts, 2):
        assert not overlap(corners(one), corners(other)), (one, other)


def corners(text: Text) -> list[tuple[float, float]]:
    """The corners of a text's box, turned as it is; a little less, for boxes have a margin."""
    turned, box = text.get_rotation(), text.get_window_extent()
    middle = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    text.set_rotation(0)
    box, angle = text.get_window_extent(), radians(turned)
    text.set_rotation(turned)
    wide, tall = box.width / 2 - 1, box.height / 2 - 2
    return [
        (
            middle[0] + x * wide * cos(angle) - y * tall * sin(angle),
            middle[1] + x * wide * sin(angle) + y * tall * cos(angle),
        )
        for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]


def overlap(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> bool:
    """Whether two rectangles meet: no side of either keeps them apart."""
    for shape in (one, other):
        for (x0, y0), (x1, y1) in pairwise(shape):
            a = [(x - x0) * (x1 - x0) + (y - y0) * (y1 - y0) for x, y in one]
            b = [(x - x0) * (x1 - x0) + (y - y0) * (y1 - y0) for x, y in other]
            if max(a) <= min(b) or max(b) <= min(a):
                return False
    return True


def test_axes_of_ones_own() -> None:
    ax = Figure().subplots()
    assert ladder(TRACES["echo"](), ax=ax).figure is ax.figure
    assert "rootless network · 10 packets" in written(ax.figure)


def test_a_trace_draws_itself_and_nothing_is_an_error() -> None:
    trace = echo(Tape("alice", "r1")).trace()
    assert trace.ladder(title="T").png()
    with pytest.raises(ValueError, match="expected at least one packet to draw"):
        trace[:0].ladder()


def test_a_reset_is_named() -> None:
    tape = Tape("alice", "r1")
    tape.send(0.0, "alice", tcp("SYN", 0))
    tape.send(0.005, "r1", tcp("RST, ACK", 0, 1, back=True))
    chart = ladder(tape.trace())
    assert "RST, ACK" in written(chart.figure).splitlines()
    assert chart.text.endswith("SYN alice → r1; RST r1 → alice.")
