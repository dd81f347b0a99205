"""visit(address, states): the calls that lead a connection through given states."""

from __future__ import annotations

from collections.abc import Iterator

from netlab.referee.scenario import END, Call, Scenario, Sends
from netlab.referee.states import went_through

LESSON = 16
NEEDS: tuple[str, ...] = ()
ADDRESS, NOBODY = ("127.0.0.1", 50007), ("127.0.0.1", 50008)
TOURS = {  # behaviour: what comes behind SYN-SENT, and the scenario in words
    "open": (["ESTABLISHED"], "A connection that stays open."),
    "they end first": (["ESTABLISHED", "CLOSE-WAIT"], "The server ends first. You do not close."),
    "they end, then you": (
        ["ESTABLISHED", "CLOSE-WAIT", "LAST-ACK", "CLOSED"],
        "The server ends first, and then you do.",
    ),
    "you end first": (
        ["ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT"],
        "You end first, and the server follows.",
    ),
    "a reset": (["ESTABLISHED", "CLOSED"], "The connection ends without any goodbye."),
    "refused": (["CLOSED"], "Nobody listens at this address."),
}


def server(heard: bytes, ended: bool) -> Sends:
    """It answers every line with hello, and ends after bye, or when its client has ended."""
    *lines, _ = heard.split(b"\n")
    if b"bye" in lines:
        return (*(b"hello\n",) * lines.index(b"bye"), END)
    return (*(b"hello\n",) * len(lines), *(END,) * ended)


def scenarios(seed: str) -> Iterator[Scenario]:
    """One for each tour; there is nothing to draw."""
    for behaviour, (rest, words) in TOURS.items():
        states = ["SYN-SENT", *rest]
        address = NOBODY if behaviour == "refused" else ADDRESS
        error = "ConnectionRefusedError" if behaviour == "refused" else ""
        calls = (Call((address, states), may_raise=error),)
        after = went_through(states)
        yield Scenario(behaviour, words, calls, servers={ADDRESS: server}, after=after)
