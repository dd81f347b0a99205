"""The ports of one machine: who listens where, and which port a kernel still remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Address = tuple[str, int]
FIRST = -2  # numbers of the answer's listeners go down from here


@dataclass
class Listener:
    """A socket of the answer that was bound. state: "bound", "LISTEN" or "closed"."""

    address: Address
    reuse: bool  # at bind
    state: str = "bound"
    late: bool = False  # SO_REUSEADDR was set between bind and listen


@dataclass
class Ports:
    """`taken` says of an address that another program listens there ("LISTEN"), or that an
    earlier run with SO_REUSEADDR has left its mark ("TIME-WAIT")."""

    taken: Mapping[Address, str]
    listeners: list[Listener] = field(default_factory=list)
    remembered: dict[Address, bool] = field(default_factory=dict)  # whether reuse was set then

    def bind(self, address: Address, reuse: bool) -> int | None:
        """The new listener's number; None if the address is in use.

        Linux: a port that is remembered can be had again if SO_REUSEADDR is set now, and was set
        on the socket that left it behind.
        """
        held = any(one.address == address and one.state != "closed" for one in self.listeners)
        state = self.taken.get(address, "")
        if held or state == "LISTEN" or (state and not reuse):
            return None
        if address in self.remembered and not (reuse and self.remembered[address]):
            return None
        self.listeners.append(Listener(address, reuse))
        return FIRST - len(self.listeners) + 1

    def find(self, number: int) -> Listener | None:
        """The listener of this number, if there is one."""
        place = FIRST - number
        return self.listeners[place] if 0 <= place < len(self.listeners) else None

    def accepted(self, listener: Listener) -> None:
        """Its server closes first, so the kernel will remember this connection."""
        self.remembered[listener.address] = listener.reuse
