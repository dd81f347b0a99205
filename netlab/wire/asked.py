"""What a relay was asked for: sorted into conditions and trouble, or refused in words."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import fields, replace
from typing import Any

from netlab.wire.model import Burst, Conditions
from netlab.wire.trouble import Trouble

_OF_PACKETS = {"loss", "duplicate", "reorder"}
_CONDITIONS = {field.name for field in fields(Conditions)}
_TROUBLE = {field.name for field in fields(Trouble)}


def sort_out(
    transport: str, conditions: Conditions, trouble: Trouble, asked: dict[str, Any]
) -> tuple[Conditions, Trouble]:
    """Both, with what was asked for put in; TypeError, ValueError for what cannot be."""
    tcp = transport == "tcp"
    known = _CONDITIONS - _OF_PACKETS | _TROUBLE if tcp else _CONDITIONS
    for name in asked:
        if tcp and name in _OF_PACKETS:
            raise ValueError(
                f"a TCP relay cannot show {name}: it passes on a byte stream, and TCP repairs "
                f"{name} before anyone could see it. A UDP relay or the rootless network can."
            )
        if not tcp and name in _TROUBLE:
            raise ValueError(
                f"a UDP relay has no {name}: that is trouble on a byte stream, and a datagram "
                "keeps its edges. It has loss, duplicate and reorder."
            )
        if name not in known:
            raise TypeError(f"a relay has no {name!r}; it has {', '.join(sorted(known))}")
    return (
        replace(conditions, **{k: v for k, v in asked.items() if k in _CONDITIONS}),
        replace(trouble, **{k: v for k, v in asked.items() if k in _TROUBLE}),
    )


def read_target(target: Any, transport: str | None) -> tuple[tuple[str, int], str]:
    """The address of `target` and "tcp" or "udp"; a relay only ever talks to this machine."""
    if isinstance(target, socket.socket):
        found = "udp" if target.type == socket.SOCK_DGRAM else "tcp"
        address: Any = target.getsockname()[:2]
    else:
        found = getattr(target, "transport", transport or "tcp")
        address = getattr(target, "address", target)
    if found not in ("tcp", "udp") or transport not in (None, found):
        raise TypeError(f"a relay carries 'tcp' or 'udp'; asked {transport!r} for {target!r}")
    try:
        host, port = address
        plain = isinstance(host, str) and isinstance(port, int) and not isinstance(port, bool)
        if not plain or not ipaddress.ip_address(host).is_loopback or not 0 < port < 65536:
            raise ValueError
    except (TypeError, ValueError):
        raise ValueError(
            "expected a server, a relay, a socket that is bound, or a loopback address such as "
            f"('127.0.0.1', 8000); got {target!r}"
        ) from None
    return (host, port), found


def describe(transport: str, conditions: Conditions) -> str:
    """A relay's label: what is between the two ends, in a few words."""
    delay, jitter, loss = conditions.delay * 1000, conditions.jitter * 1000, conditions.loss
    parts = ["Relay" if transport == "tcp" else "UDP relay"]
    if delay:
        parts.append(f"{delay:g}{f' ± {jitter:g}' if jitter else ''} ms each way")
    if isinstance(loss, Burst):
        parts.append("loss in bursts")
    elif loss:
        parts.append(f"loss {loss:.3g}" if isinstance(loss, float | int) else "some lost")
    return ", ".join(parts)
