"""Sockets: what the kernels of a network's hosts know of TCP at one moment, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any, overload

Address = tuple[str, int]
EPHEMERAL = 32768  # from here on the kernel chooses ports: ip(7), ip_local_port_range
HEAD = ("host", "state", "here", "there", "queue", "held by")


@dataclass(frozen=True)
class Row:
    """One TCP socket of a host, as its kernel sees it.

    state: RFC 9293 section 3.3.2. local, peer: (address, port). unread: bytes that have come and
    that no recv has taken; end_unread: the peer's FIN has come, and no recv has said so.
    unacknowledged: bytes that were handed to it and that the peer has not confirmed; unconfirmed:
    the same for its own "SYN" or "FIN", else "". waiting: connections that a listener has and that
    no accept has taken. held: whether a program has it. rtt, rto: seconds. window: bytes that the
    peer has room for, as it last said. congestion_window: segments. retransmissions: since the
    connection began. What the kernel does not say is 0.
    """

    host: str
    state: str
    local: Address
    peer: Address
    unread: int = 0
    end_unread: bool = False
    unacknowledged: int = 0
    unconfirmed: str = ""
    waiting: int = 0
    held: bool = False
    rtt: float = 0.0
    rto: float = 0.0
    window: int = 0
    congestion_window: int = 0
    retransmissions: int = 0

    @property
    def queue(self) -> str:
        """What waits in it, in words."""
        parts = (
            (self.unread, "unread"),
            ("the end" * self.end_unread, "unread"),
            (self.unacknowledged, "unacknowledged"),
            (self.unconfirmed, "unacknowledged"),
            (self.waiting, "not accepted"),
        )
        return ", ".join(f"{size} {what}" for size, what in parts if size)


class Sockets(Sequence[Row]):
    """The TCP sockets of some hosts at one moment; shown, a table.

    Ports that a kernel chose differ on every run, so the table gives them letters; row.local and
    row.peer have their numbers. sockets["bob"] are those of one host.
    """

    def __init__(self, rows: Iterable[Row], names: Mapping[str, str], ports: list[Address]) -> None:
        self._rows, self._names, self._ports = tuple(rows), names, ports

    @classmethod
    def from_json(
        cls, noted: Mapping[str, Sequence[Mapping[str, Any]]], names: Mapping[str, str],
        ports: list[Address],
    ) -> Sockets:  # fmt: skip
        """The rows that diag.py found, by host. names: of the hosts, by address. ports: those that
        have letters already, in their order; one that is shown for the first time is added."""
        rows = [
            (row["inode"] or 1 << 32, row_of(host, row))
            for host, found in noted.items()
            for row in found
        ]
        order = list(noted)
        place = {address: number for number, address in enumerate(ports)}

        def key(one: tuple[int, Row]) -> tuple[int, bool, int, int, Address]:
            age, row = one
            known = min(place.get(row.local, 1 << 20), place.get(row.peer, 1 << 20))
            return order.index(row.host), row.state != "LISTEN", known, age, row.local

        known = [row for _, row in sorted(rows, key=key)]
        return cls(known, names, ports)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, which: int) -> Row: ...
    @overload
    def __getitem__(self, which: slice | str) -> Sockets: ...
    def __getitem__(self, which: int | slice | str) -> Row | Sockets:
        if isinstance(which, int):
            return self._rows[which]
        if isinstance(which, slice):
            return Sockets(self._rows[which], self._names, self._ports)
        return Sockets([r for r in self if r.host == which], self._names, self._ports)

    def at(self, port: int | None) -> Sockets:
        """Those with this port at one of their ends; None: all."""
        some = (row for row in self if port in (None, row.local[1], row.peer[1]))
        return Sockets(some, self._names, self._ports)

    @property
    def states(self) -> list[str]:
        """Their states, row by row."""
        return [row.state for row in self]

    def _end(self, end: Address) -> str:
        if not end[1]:
            return ""
        if end[1] >= EPHEMERAL and end not in self._ports:
            self._ports.append(end)
        port = str(end[1])
        if end in self._ports:
            port = ascii_uppercase[self._ports.index(end) % 26]
        return f"{self._names.get(end[0], end[0])}:{port}"

    def _cells(self) -> list[tuple[str, ...]]:
        return [
            (
                row.host,
                row.state,
                self._end(row.local),
                self._end(row.peer),
                row.queue,
                "a program" if row.held else "the kernel",
            )
            for row in self
        ]

    def __repr__(self) -> str:
        if not self:
            return "no TCP sockets"
        rows = [HEAD, *self._cells()]
        wide = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
        return "\n".join(
            "  ".join(cell.ljust(size) for cell, size in zip(row, wide, strict=True)).rstrip()
            for row in rows
        )

    def _repr_markdown_(self) -> str:
        if not self:
            return "no TCP sockets"
        lines = [HEAD, ("---",) * len(HEAD), *self._cells()]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def row_of(host: str, noted: Mapping[str, Any]) -> Row:
    """A row of diag.py in our words. The kernel counts a SYN and a FIN as a byte; we do not."""
    state, receiving, sending = noted["state"], noted["receiving"], noted["sending"]
    if state in ("LISTEN", "TIME-WAIT", "SYN-RECEIVED"):  # there these numbers mean other things
        receiving = sending = 0
    end = receiving > 0 and state in ("CLOSE-WAIT", "LAST-ACK", "CLOSING")
    own = {"SYN-SENT": "SYN", "FIN-WAIT-1": "FIN", "LAST-ACK": "FIN", "CLOSING": "FIN"}
    unconfirmed = own.get(state, "") if sending else ""
    more = ("rtt", "rto", "window", "congestion_window", "retransmissions")
    return Row(
        host=host,
        state=state,
        local=(noted["local"][0], noted["local"][1]),
        peer=(noted["peer"][0], noted["peer"][1]),
        unread=receiving - end,
        end_unread=end,
        unacknowledged=sending - bool(unconfirmed),
        unconfirmed=unconfirmed,
        waiting=noted["receiving"] * (state == "LISTEN"),
        held=bool(noted["inode"]),
        **{name: noted[name] for name in more if name in noted},
    )
