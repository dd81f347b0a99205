"""What a scenario may ask of the connections at its end: an `after` each."""

from __future__ import annotations

from collections.abc import Callable

from netlab.referee.net import Net


def closed(net: Net) -> str:
    """An `after`: every connection that was opened has been closed."""
    still = [peer for peer in net.connections if not peer.closed]
    if not still:
        return ""
    return f"expected the connection with {still[0].address} to be closed\nclose() was never called"


def patient(seconds: float) -> Callable[[Net], str]:
    """An `after`: no connection has waited longer than this for a peer that says nothing."""

    def look(net: Net) -> str:
        longest = max((peer.patience for peer in net.connections), default=0.0)
        if longest <= seconds:
            return ""
        return f"expected a wait of at most {seconds:g} s for silence\nit waited {longest:g} s"

    return look


def both(*checks: Callable[[Net], str]) -> Callable[[Net], str]:
    """The first complaint of several."""
    return lambda net: next((said for check in checks if (said := check(net))), "")
