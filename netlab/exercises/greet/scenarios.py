"""greet(address): a server from bind to close, which can start again at once."""

from __future__ import annotations

from collections.abc import Iterator

from netlab.referee.ends import both, closed
from netlab.referee.net import Net
from netlab.referee.scenario import BROKEN, Call, Scenario, Sends

LESSON = 16
NEEDS: tuple[str, ...] = ()
ADDRESS = ("127.0.0.1", 50007)
HELLO = b"hello\n"


def scenarios(seed: str) -> Iterator[Scenario]:
    """Ten; there is nothing to draw."""
    first, again, taken = "the first start", "the second start", "a port in use"
    close, one, where = "everything is closed", "one client, and only one", "its own address"

    def serves(behaviour: str, words: str, count: int, **more: object) -> Scenario:
        """So many runs, and a silent client for each."""
        calls = tuple(Call((ADDRESS,)) for _ in range(count))
        clients: tuple[Sends, ...] = ((),) * count
        options: dict[str, object] = {"ports": {}, "clients": clients, "sent": HELLO * count} | more
        return Scenario(behaviour, words, calls, **options)  # type: ignore[arg-type]

    yield serves(first, "It starts, and one client calls.", 1)
    words = "It starts, serves, ends, and starts again at once."
    yield serves(again, words, 2, after=_each_greeted(2))
    yield serves(again, "Four runs, one after the other.", 4, after=_each_greeted(4))
    words = "An earlier server, that had SO_REUSEADDR, has left a TIME-WAIT at the port."
    yield serves(again, words, 1, ports={ADDRESS: "TIME-WAIT"})
    refused = (Call((ADDRESS,), raises="OSError"),)
    words = "Another server listens at the port. The error passes through."
    yield Scenario(taken, words, refused, ports={ADDRESS: "LISTEN"}, clients=((),), sent=b"")
    yield serves(close, "At its end, the connection is closed.", 1, after=closed)
    yield serves(close, "At its end, the listener is closed.", 1, after=_listeners_closed)
    words = "The client has reset its connection. All is closed all the same."
    either = (Call((ADDRESS,), may_raise="OSError"),)
    after = both(closed, _listeners_closed)
    yield Scenario(close, words, either, ports={}, clients=((BROKEN,),), after=after)
    words = "Two clients call. It serves the first."
    yield serves(one, words, 1, clients=((), ()), after=_accepted(1))
    words = "It listens at the address that it was given, and at no other."
    yield serves(where, words, 1, after=_at_its_address)


def _listeners_closed(net: Net) -> str:
    still = [one for one in net.ports.listeners if one.state != "closed"]
    if not still:
        return ""
    return f"expected the listener at {still[0].address} to be closed\nclose() was never called"


def _at_its_address(net: Net) -> str:
    came = [one.address for one in net.ports.listeners]
    return "" if came == [ADDRESS] else f"expected bind({ADDRESS})\ncame     {came}"


def _accepted(count: int):  # type: ignore[no-untyped-def]
    def look(net: Net) -> str:
        return "" if net.accepted == count else f"expected {count} accept\ncame     {net.accepted}"

    return look


def _each_greeted(count: int):  # type: ignore[no-untyped-def]
    def look(net: Net) -> str:
        greeted = sum(bytes(peer.received) == HELLO for peer in net.connections)
        if greeted == count:
            return ""
        return f"expected {count} clients that were sent {HELLO!r}\ncame     {greeted}"

    return look
