"""Relay: distance and trouble between a client and a server, in a process of its own."""

from __future__ import annotations

import ipaddress
import weakref
from dataclasses import asdict, fields, replace
from typing import Any

from netlab.background.child import Child, ChildError
from netlab.background.server import NO_LOG, Server, http_url
from netlab.wire.model import Conditions
from netlab.wire.trouble import Trouble

_PACKET_TROUBLE = {"loss", "duplicate", "reorder"}
_CONDITIONS = {field.name for field in fields(Conditions)} - _PACKET_TROUBLE
_TROUBLE = {field.name for field in fields(Trouble)}


class Relay(Server):
    """Passes TCP connections on to `target` and puts distance and trouble in between.

    target: a server, another relay, or a loopback (host, port). Conditions, the same each way:
    delay and jitter (seconds), rate (bit/s), queue (bytes), seed. Trouble: split, reset_after,
    stall_after (bytes), coalesce (seconds). handshake=True holds a connection's first byte for one
    more round trip, as a TCP handshake would. It delays bytes, not packets: TCP ends at the relay,
    so handshakes, loss and congestion cannot be seen through it. Raises TypeError, ValueError,
    ConnectionError if the target is closed.

        with EchoServer() as server, Relay(server, delay=0.020) as far_away: ping(far_away)
    """

    def __init__(
        self, target: Any, *, host: str = "127.0.0.1", handshake: bool = False, **asked: Any
    ) -> None:
        self._target = _loopback(target)
        self._behind = target  # keeps a server that nobody else holds from being collected
        self._handshake = bool(handshake)
        self._conditions, self._trouble = _sort_out(Conditions(), Trouble(), asked)
        super().__init__(host=host)

    @property
    def label(self) -> str:
        delay, jitter = self._conditions.delay * 1000, self._conditions.jitter * 1000
        give_or_take = f" ± {jitter:g}" if jitter else ""
        return f"Relay, {delay:g}{give_or_take} ms each way" if delay else "Relay"

    @property
    def vehicle(self) -> str:  # type: ignore[override]
        """What carried a measurement; no TCP relay ever shows a packet."""
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
        """Change conditions or trouble while it runs: what arrives from now on meets the new ones.

        relay.change(delay=0.100); relay.change(stall_after=None) lets a stalled stream go on.
        """
        conditions, trouble = _sort_out(self._conditions, self._trouble, asked)
        self.address  # noqa: B018  raises in words if the relay is closed
        self._child.call("change", conditions=asdict(conditions), trouble=asdict(trouble))
        self._conditions, self._trouble = conditions, trouble

    def _start(self) -> tuple[str, int]:
        self._child = Child("relay")
        weakref.finalize(self, self._child.close)
        try:
            reply = self._child.call(
                "start",
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


def _sort_out(
    conditions: Conditions, trouble: Trouble, asked: dict[str, Any]
) -> tuple[Conditions, Trouble]:
    for name in asked:
        if name in _PACKET_TROUBLE:
            raise ValueError(
                f"a TCP relay cannot show {name}: it passes on a byte stream, and TCP repairs "
                f"{name} before anyone could see it. A UDP relay or the rootless network can."
            )
        if name not in _CONDITIONS | _TROUBLE:
            known = ", ".join(sorted(_CONDITIONS | _TROUBLE))
            raise TypeError(f"a relay has no {name!r}; it has {known}")
    return (
        replace(conditions, **{k: v for k, v in asked.items() if k in _CONDITIONS}),
        replace(trouble, **{k: v for k, v in asked.items() if k in _TROUBLE}),
    )


def _loopback(target: Any) -> tuple[str, int]:
    """The address of `target`; a relay only ever connects to this machine."""
    if getattr(target, "transport", "tcp") != "tcp":
        raise TypeError(f"this relay carries TCP; {target!r} speaks {target.transport}")
    address = getattr(target, "address", target)
    try:
        host, port = address
        plain = isinstance(host, str) and isinstance(port, int) and not isinstance(port, bool)
        if not plain or not ipaddress.ip_address(host).is_loopback or not 0 < port < 65536:
            raise ValueError
    except (TypeError, ValueError):
        raise ValueError(
            "expected a server, a relay, or a loopback address such as ('127.0.0.1', 8000); "
            f"got {target!r}"
        ) from None
    return host, port
