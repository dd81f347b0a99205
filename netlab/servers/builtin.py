"""EchoServer and UdpEchoServer: handles on servers that run in the servers' child."""

from __future__ import annotations

import itertools
import threading
import weakref
from pathlib import Path
from typing import Any

from netlab.background.child import Child, ChildError
from netlab.background.server import NO_LOG, Server

_child: Child | None = None
_lock = threading.Lock()
_numbers = itertools.count(1)


def servers_child() -> Child:
    """The one child that holds this kernel's built-in servers; started when first needed.

    A busy cell would starve a server thread of the kernel (5 ms a reply); a child it can't.
    """
    global _child
    with _lock:
        if _child is None or not _child.alive:
            if _child is not None:
                _child.close()
            _child = Child("servers")
        return _child


class BuiltinServer(Server):
    """A server of the child; subclasses say which."""

    kind: str
    _options: dict[str, Any] = {}  # noqa: RUF012  never changed, only replaced

    def _start(self) -> tuple[str, int]:
        self._child = servers_child()
        self._number = next(_numbers)
        # before the call: the stop button may interrupt it, and then nobody else would close
        weakref.finalize(self, self._child.tell, "close", server=self._number)
        asked = {"kind": self.kind, "server": self._number, **self._options}
        if self._on is None:
            reply = self._child.call("start", host=self.host, **asked)
        else:  # made where the host is, and handed over: it stays there
            with self._on.bound_socket(self.transport, self._port) as sock:
                reply = self._child.call("start", descriptors=[sock.fileno()], host="", **asked)
        return reply["address"][0], reply["address"][1]

    def _read_log(self) -> dict[str, Any]:
        return self._child.call("log", server=self._number)

    def _end(self) -> dict[str, Any]:
        try:
            return self._child.call("close", server=self._number)
        except ChildError:
            return NO_LOG  # the child has died; so has the server

    def _nature(self) -> list[Any]:
        return [self.kind, {**self._options, "folder": Path(self._options.get("folder", "")).name}]


class EchoServer(BuiltinServer):
    """A TCP server that sends back every byte it receives (RFC 862), in a process of its own.

    with EchoServer() as server: ping(server)
    """

    kind = "tcp echo"


class UdpEchoServer(BuiltinServer):
    """A UDP server that sends back every datagram it receives (RFC 862), in a process of its own.

    with UdpEchoServer() as server: ping(server)
    """

    kind = "udp echo"
    transport = "udp"
