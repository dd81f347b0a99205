"""The states that an answer's connection goes through, worked out from its calls.

RFC 9293 section 3.3.2, for one end: the kernel at the other end confirms everything at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from netlab.referee.peer import Peer
from netlab.referee.scenario import END

AFTER_THEIR_FIN = {"ESTABLISHED": ["CLOSE-WAIT"], "FIN-WAIT-2": ["TIME-WAIT"]}
AFTER_MY_FIN = {
    "ESTABLISHED": ["FIN-WAIT-1", "FIN-WAIT-2"],
    "CLOSE-WAIT": ["LAST-ACK", "CLOSED"],
}


class States:
    """`path` is that of the newest connection; `count` how many there were."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.count = 0
        self.deaf = False  # after SHUT_RD: what recv says then is no news of the peer

    def connected(self, accepted: bool) -> None:
        self.path = ["SYN-SENT", "ESTABLISHED" if accepted else "CLOSED"]
        self.count += 1

    def note(
        self, question: dict[str, Any], reply: dict[str, Any], unread: bool, peer: Peer
    ) -> None:
        """One call of the connection has been answered; unread: bytes waited before it."""
        do, how = question.get("do"), question.get("how")
        self.deaf |= do == "shutdown" and how in (0, 2)
        if do == "recv" and not self.deaf and reply.get("data") == "" and question.get("n"):
            self._go(AFTER_THEIR_FIN)
        open_still = self.path[-1:] in (["ESTABLISHED"], ["CLOSE-WAIT"], ["FIN-WAIT-2"])
        if do == "close" and open_still and (unread or question.get("reset")):
            self.path.append("CLOSED")
        elif do == "close" or (do == "shutdown" and how in (1, 2)):
            self._go(AFTER_MY_FIN)
        if self.path[-1:] == ["FIN-WAIT-2"] and fin_sent(peer):
            self._go(AFTER_THEIR_FIN)

    def _go(self, table: dict[str, list[str]]) -> None:
        self.path += table.get(self.path[-1], []) if self.path else []


def fin_sent(peer: Peer) -> bool:
    """Whether the peer has ended its stream, seen or not."""
    return END in peer._script


def went_through(states: list[str]) -> Callable[[Any], str]:
    """An `after`: one connection, and these states; a FIN that nobody read has arrived as well."""

    def look(net: Any) -> str:
        path = list(net.states.path)
        if (
            path[-1:] == ["ESTABLISHED"]
            and not net.states.deaf
            and net.connections
            and fin_sent(net.connections[-1])
        ):
            path.append("CLOSE-WAIT")
        if net.states.count != 1:
            return f"expected one connection\ncame {net.states.count}"
        if path == states:
            return ""
        return f"expected {' → '.join(states)}\ncame     {' → '.join(path)}"

    return look
