"""Traces made by hand: no clock, no network, no privileges."""

from __future__ import annotations

from itertools import pairwise

from netlab.network.rows import FATES, ROW
from netlab.network.trace import Trace
from netlab.packets import TCP, Ethernet, Header, IPv4, Packet

ADDRESSES = {
    "alice": "198.51.100.1", "r1": "198.51.100.2", "r2": "198.51.100.6", "bob": "198.51.100.10"
}  # fmt: skip
MSS = 1448


class Tape:
    """Links on which packets are seen at times of one's choosing."""

    def __init__(
        self, *names: str, delay: float = 0.005, first: str = "ip", began: int = 10**18
    ) -> None:
        self.names, self.delay, self.first, self.began = names, delay, first, began
        self.links = list(pairwise(names))
        self.rows: list[tuple[int, bytes]] = []
        self.identification = 0

    def seen(
        self, at: float, source: str, target: str, data: bytes, *, fate: str = "",
        delay: float | None = None, again: float = 0.0, mss: int = 0,
    ) -> float:  # fmt: skip
        """One packet on one link; returns when it arrives."""
        back = (source, target) not in self.links
        link = self.links.index((target, source) if back else (source, target))
        left = at + (self.delay if delay is None else delay)
        arrived, leaves, leaves2 = (
            self.began + round(s * 1e9) if s is not None else 0
            for s in (at, None if fate in ("lost", "queue full") else left, again or None)
        )
        numbers = arrived, leaves, leaves2, link, back, FATES.index(fate), len(data), len(data), mss
        self.rows.append((arrived, ROW.pack(*numbers) + data))
        return left

    def send(
        self, at: float, source: str, *parts: Header | bytes, fate: str = "",
        lost_after: int = 0, **more: float,
    ) -> float:  # fmt: skip
        """A packet over all links from one end of the path; returns when it arrives.

        fate: on link number lost_after.
        """
        path = self.names if source == self.names[0] else self.names[::-1]
        self.identification += 1
        for hop, (a, b) in enumerate(pairwise(path)):
            ip = IPv4(
                source=ADDRESSES.get(path[0], "198.51.100.1"),
                destination=ADDRESSES.get(path[-1], "198.51.100.10"),
                ttl=64 - hop,
                identification=self.identification,
            )
            frame = [Ethernet()] if self.first == "ethernet" else []
            data = bytes(Packet(*frame, ip, *parts))
            what = fate if hop == lost_after else ""
            at = self.seen(at, a, b, data, fate=what, **(more if what or not fate else {})) + 20e-6  # type: ignore[arg-type]
            if what in ("lost", "queue full"):
                break
        return at

    def trace(self, **more: object) -> Trace:
        """What was seen."""
        rows = b"".join(row for _, row in self.rows)
        ends = self.links
        return Trace.from_rows(rows, ends, self.first, self.began, **more)  # type: ignore[arg-type]


def tcp(flags: str, seq: int, ack: int = 0, *, back: bool = False, port: int = 40000) -> TCP:
    """A segment of one connection; numbers from 0, and the bytes say something else."""
    ports = (7, port) if back else (port, 7)
    starts = (7_000_000, 4_294_967_290) if back else (4_294_967_290, 7_000_000)
    on = {flag.strip().lower(): True for flag in flags.split(",")}
    return TCP(
        source_port=ports[0],
        destination_port=ports[1],
        sequence_number=(starts[0] + seq) % 2**32,
        acknowledgment_number=(starts[1] + ack) % 2**32 if "ack" in on else 0,
        **on,
    )


def handshake(tape: Tape, a: str, b: str, at: float = 0.0, port: int = 40000) -> float:
    """SYN; SYN, ACK; ACK. Returns when the client is done."""
    there = tape.send(at, a, tcp("SYN", 0, port=port))
    back = tape.send(there, b, tcp("SYN, ACK", 0, 1, back=True, port=port))
    tape.send(back, a, tcp("ACK", 1, 1, port=port))
    return back


def echo(tape: Tape, at: float = 0.0, port: int = 40000) -> Tape:
    """A whole connection: hello, and back."""
    a, b = tape.names[0], tape.names[-1]
    now = handshake(tape, a, b, at, port)
    there = tape.send(now + 50e-6, a, tcp("PSH, ACK", 1, 1, port=port), b"hello")
    tape.send(there, b, tcp("ACK", 1, 6, back=True, port=port))
    back = tape.send(there + 80e-6, b, tcp("PSH, ACK", 1, 6, back=True, port=port), b"hello")
    tape.send(back, a, tcp("ACK", 6, 6, port=port))
    there = tape.send(back + 90e-6, a, tcp("FIN, ACK", 6, 6, port=port))
    back = tape.send(there, b, tcp("FIN, ACK", 6, 7, back=True, port=port))
    tape.send(back, a, tcp("ACK", 7, 7, port=port))
    return tape


def loss(tape: Tape) -> Tape:
    """Six segments of which the third is lost, and comes again after a timeout."""
    a, b = tape.names[0], tape.names[-1]
    now = handshake(tape, a, b)
    for n in range(6):
        fate = "lost" if n == 2 else ""
        left = tape.send(now + 0.0012 * n, a, tcp("ACK", 1 + MSS * n, 1), bytes(MSS), fate=fate)
        if n != 2:
            tape.send(left, b, tcp("ACK", 1, 1 + MSS * (n + 1 if n < 2 else 2), back=True))
    left = tape.send(now + 0.211, a, tcp("ACK", 1 + MSS * 2, 1), bytes(MSS))
    tape.send(left, b, tcp("ACK", 1, 1 + MSS * 6, back=True))
    return tape


def bulk(tape: Tape, segments: int, lost: tuple[int, ...] = ()) -> Tape:
    """Many segments, an ACK for every other."""
    a, b = tape.names[0], tape.names[-1]
    now = handshake(tape, a, b)
    for n in range(segments):
        at = now + 0.0012 * n
        fate = "lost" if n in lost else ""
        left = tape.send(at, a, tcp("ACK", 1 + MSS * n, 1), bytes(MSS), fate=fate)
        if n % 2 and not fate:
            tape.send(left, b, tcp("ACK", 1, 1 + MSS * (n + 1), back=True))
        if n - 20 in lost:
            tape.send(at + 3e-4, a, tcp("ACK", 1 + MSS * (n - 20), 1), bytes(MSS))
    at = now + 0.0012 * segments
    tape.send(at, a, tcp("FIN, ACK", 1 + MSS * segments, 1))
    back = tape.send(at + 0.006, b, tcp("FIN, ACK", 1, 2 + MSS * segments, back=True))
    tape.send(back, a, tcp("ACK", 2 + MSS * segments, 2))
    return tape
