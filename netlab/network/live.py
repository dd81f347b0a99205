"""The live network's process, as seen from the notebook."""

from __future__ import annotations

import os
import socket
from typing import Any

from netlab.background.child import Child
from netlab.network.plan import Plan
from netlab.network.player import CLOSED

BUILD_TIMEOUT = 60.0  # seconds for a hundred hosts on a busy machine


class Live:
    """A child process that holds the hosts of one network; see child.py for its side."""

    def __init__(self, plan: Plan) -> None:
        self._child: Child | None = Child("network")
        try:
            self._child.call("build", timeout=BUILD_TIMEOUT, plan=plan.as_json())
        except BaseException:  # the stop button too: its traceback would keep the process alive
            self.close()
            raise

    def ask(self, do: str, **arguments: Any) -> dict[str, Any]:
        """One request and its reply; ConnectionError once the network is closed."""
        return self._open().call(do, **arguments)

    def ask_for_descriptors(
        self, do: str, count: int, **arguments: Any
    ) -> tuple[dict[str, Any], list[int]]:
        """A request whose reply brings open descriptors along."""
        return self._open().call_for_descriptors(do, count=count, **arguments)

    def socket(self, host: str, family: int, type: int, proto: int) -> socket.socket:
        """A socket made on `host`: it stays there, whoever holds it."""
        _, (descriptor,) = self.ask_for_descriptors(
            "socket", 1, host=host, family=family, type=type, proto=proto
        )
        return socket.socket(family, type, proto, fileno=descriptor)

    def rows(self, links: list[int], quiet: float) -> tuple[bytes, int]:
        """What these links saw, as seen.py packs it, and how many packets were not kept."""
        reply, (descriptor,) = self.ask_for_descriptors("trace", 1, links=links, quiet=quiet)
        with os.fdopen(descriptor, "rb") as file:
            return file.read(), reply["not_kept"]

    def close(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.close()

    def _open(self) -> Child:
        if self._child is None:
            raise ConnectionError(CLOSED)
        return self._child
