"""Relay: distance and trouble between a client and a server, in a process of its own."""

from __future__ import annotations

import weakref
from dataclasses import asdict
from typing import Any

from netlab.background.child import Child, ChildError
from netlab.background.server import NO_LOG, Server, http_url
from netlab.wire.asked import describe, read_target, sort_out
from netlab.wire.model import Conditions
from netlab.wire.trouble import Trouble


class Relay(Server):
    """Passes TCP connections or UDP datagrams on to `target`, with distance and trouble in between.

    target: a server, another relay, a bound socket of your own, or a loopback (host, port), for
    UDP with transport="udp". Conditions, the same each way: delay and jitter (seconds), rate
    (bit/s of payload), queue (bytes), seed. Raises TypeError, ValueError, ConnectionError if the
    target is closed.

    TCP: trouble is split, reset_after, stall_after (bytes), coalesce (seconds). handshake=True
    holds a connection's first byte for one more round trip, as a TCP handshake would. It delays
    bytes, not packets: TCP ends at the relay, so handshakes, loss and congestion cannot be seen
    through it. UDP: loss, duplicate, reorder, each a probability or the numbers of the datagrams,
    counted from 1 in each direction; loss may come in bursts: loss={"p": 0.01, "r": 0.1}.

        with EchoServer() as server, Relay(server, delay=0.020) as far_away: ping(far_away)
    """

    def __init__(
        self,
        target: Any,
        *,
        host: str = "127.0.0.1",
        transport: str | None = None,
        handshake: bool = False,
        **asked: Any,
    ) -> None:
        self._target, self.transport = read_target(target, transport)
        self._behind = target  # keeps a server that nobody else holds from being collected
        self._handshake = bool(handshake)
        if handshake and self.transport == "udp":
            raise ValueError("a UDP relay has no handshake: UDP sends its first datagram at once")
        self._conditions, self._trouble = sort_out(self.transport, Conditions(), Trouble(), asked)
        super().__init__(host=host)

    @property
    def label(self) -> str:
        return describe(self.transport, self._conditions)

    @property
    def vehicle(self) -> str:  # type: ignore[override]
        """What carried a measurement; no TCP relay ever shows a packet."""
        if self.transport == "udp":
            return "relay: UDP datagrams"
        does = "delays" if self._conditions.delay else "passes on"
        return f"relay: {does} bytes, not packets"

    @property
    def round_trip(self) -> float | None:  # type: ignore[override]
        """The round trip (s) that was asked of the link."""
        return 2 * self._conditions.delay or None

    @property
    def added_handshake(self) -> float:
        """Seconds by which handshake=True holds a connection's first byte: one round trip."""
        return 2 * self._conditions.delay if self._handshake else 0.0

    @property
    def url(self) -> str:
        """http://127.0.0.1:port, if there is a WebServer behind; AttributeError if not."""
        if not isinstance(getattr(self._behind, "url", None), str):
            raise AttributeError("this relay has no URL: what lies behind it is no WebServer")
        return http_url(self.address)

    def change(self, **asked: Any) -> None:
        """Change conditions or trouble while it runs: what arrives from now on meets the new ones,
        and its datagrams are counted from 1 again.

        relay.change(delay=0.100); relay.change(stall_after=None) lets a stalled stream go on.
        """
        conditions, trouble = sort_out(self.transport, self._conditions, self._trouble, asked)
        self.address  # noqa: B018  raises in words if the relay is closed
        self._child.call("change", conditions=asdict(conditions), trouble=asdict(trouble))
        self._conditions, self._trouble = conditions, trouble

    def _start(self) -> tuple[str, int]:
        self._child = Child("relay")
        weakref.finalize(self, self._child.close)
        try:
            reply = self._child.call(
                "start",
                transport=self.transport,
                host=self.host,
                target=self._target,
                conditions=asdict(self._conditions),
                trouble=asdict(self._trouble),
                handshake=self._handshake,
            )
        except BaseException:  # the stop button too: its traceback would keep the process alive
            self._child.close()
            raise
        return reply["address"][0], reply["address"][1]

    def _read_log(self) -> dict[str, Any]:
        return self._child.call("log")

    def _end(self) -> dict[str, Any]:
        try:
            return self._read_log()
        except ChildError:
            return NO_LOG
        finally:
            self._child.close()  # cuts every connection: the kernel closes the child's sockets
