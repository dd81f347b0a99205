"""The call boundary: everything a network is asked passes here, to be recorded or played back."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any


class Tape:
    """Passes calls on. Its children in netlab.network record them, or answer from a recording.

    who and what name the call; arguments and the result of `live` are JSON values.
    """

    playing = False

    def call(self, who: str, what: str, arguments: list[Any], live: Callable[[], Any]) -> Any:
        """The result of `live()`, or what it was when it was recorded."""
        return live()

    def socket(
        self, who: str, what: str, arguments: list[Any], live: Callable[[], socket.socket]
    ) -> socket.socket:
        """The same for a call whose result is a socket."""
        return live()

    def close(self) -> None:
        """The network is closed: no more calls."""


LIVE = Tape()
