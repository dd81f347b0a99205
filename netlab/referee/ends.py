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


def both(*checks: Callable[[Net], str]) -> Callable[[Net], str]:
    """The first complaint of several."""
    return lambda net: next((said for check in checks if (said := check(net))), "")
