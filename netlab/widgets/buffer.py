"""BufferExplorer: a sender's rate against a reader's receive buffer, with real datagrams."""

from __future__ import annotations

import html
import socket
from bisect import bisect_right
from dataclasses import dataclass

from ipywidgets import IntSlider, Layout  # type: ignore[import-untyped]

from netlab.widgets.explorer import Explorer
from netlab.widgets.svg import INK, SOFT, Plot

READS = 1000  # datagrams a second that the reader takes
SIZE = 500  # bytes of a datagram
LOST = "#d55e00"
WORDS = (
    "Explorer: a reader takes 1000 datagrams a second. Two sliders change the rate of the sender "
    "and the reader's receive buffer; the picture shows how many wait, and how many are lost."
)


@dataclass(frozen=True)
class Run:
    """One second of sending. Times in seconds: of every datagram that got in when it was sent and
    when it was read (those left at the end: never), and when the lost ones were sent."""

    rate: int
    sent: tuple[float, ...]
    read: tuple[float, ...]
    lost: tuple[float, ...]

    def waiting(self, at: float) -> int:
        """How many wait in the buffer at this time."""
        return bisect_right(self.sent, at) - bisect_right(self.read, at)

    @property
    def longest(self) -> float:
        """How long (s) the datagram that was read last had waited."""
        return self.read[-1] - self.sent[len(self.read) - 1] if self.read else 0.0


def measure(rate: int, buffer: int) -> Run:
    """Send for a second to a socket with this receive buffer (bytes asked of the system).

    The datagrams and the buffer are real. The clock is not: sender and reader take turns, each as
    often as its rate says, so that nothing but the buffer decides what is lost.
    """
    came: dict[int, float | None] = {}  # number: when it was read; None: left at the end
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as reader,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender,
    ):
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        reader.bind(("127.0.0.1", 0))
        reader.setblocking(False)
        turns = sorted(
            [(number / rate, True, number) for number in range(rate)]
            + [((number + 0.5) / READS, False, 0) for number in range(READS)]
        )
        for at, sends, number in turns:
            if sends:
                sender.sendto(b"%0*d" % (SIZE, number), reader.getsockname())
            elif (found := _take(reader)) is not None:
                came[found] = at
        while (found := _take(reader)) is not None:
            came[found] = None
    return Run(
        rate,
        tuple(number / rate for number in sorted(came)),
        tuple(at for at in came.values() if at is not None),
        tuple(number / rate for number in range(rate) if number not in came),
    )


def _take(reader: socket.socket) -> int | None:
    try:
        return int(reader.recv(65536))
    except BlockingIOError:
        return None


def picture(run: Run) -> str:
    """What waited in the buffer over the second, what was lost, and the sum in a sentence. Pure."""
    times = [step / 250 for step in range(251)]
    waiting = [run.waiting(at) for at in times]
    peak = max(waiting)
    plot = Plot((0, 1), (0, max(350, peak * 1.25)), height=250)  # the same height for all buffers
    plot.axes("time (s)", "waiting datagrams")
    points = " ".join(
        f"{plot.px(at):.1f},{plot.py(count):.1f}" for at, count in zip(times, waiting, strict=True)
    )
    plot.parts.append(f'<polyline points="{points}" fill="none" stroke="{INK}" stroke-width="2"/>')
    if run.lost:
        y = plot.py(peak)
        plot.line(plot.left, y, plot.width - plot.right, y, SOFT, 'stroke-dasharray="5 4"')
        plot.text(plot.left + 6, y - 5, f"full: {peak}")
        for at in sorted({round(at, 2) for at in run.lost}):
            plot.line(plot.px(at), plot.top, plot.px(at), plot.top + 9, LOST, 'stroke-width="3"')
        plot.text(plot.left + 6, plot.top + 9, "lost", colour=LOST)
    words = _words(run, waiting[-1])
    said = (
        f'<div role="status" aria-live="polite" style="min-height:4em">{html.escape(words)}</div>'
    )
    return plot.svg(words) + said


def _words(run: Run, left: int) -> str:
    words = (
        f"Sent {run.rate}, read {len(run.read)}, waiting at the end {left}, lost {len(run.lost)}. "
        f"The last one read had waited {run.longest * 1000:.0f} ms. "
    )
    if not run.lost:
        return words + "No loss yet." if left > 5 else words + "The reader keeps up."
    return words + f"Full after {run.lost[0]:.2f} s; from then on, what is too much is lost."


class BufferExplorer(Explorer):
    """A sender's rate and a reader's receive buffer, and what becomes of a second of datagrams."""

    def __init__(self) -> None:
        style, layout = {"description_width": "16em"}, Layout(width="36em", max_width="100%")
        rate = IntSlider(
            value=1200,
            min=200,
            max=3000,
            step=100,
            description="sender (datagrams/s)",
            style=style,
            layout=layout,
        )
        buffer = IntSlider(
            value=50,
            min=10,
            max=200,
            step=10,
            description="receive buffer asked (kB)",
            style=style,
            layout=layout,
        )
        super().__init__({"rate": rate, "buffer": buffer}, WORDS)

    def render(self, *, rate: int, buffer: int) -> str:
        """The picture of one run with these two; buffer in kB."""
        return picture(measure(rate, buffer * 1000))
