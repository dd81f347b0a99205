"""Background servers, and serve(handler).

Names are fetched on first use: a child process needs only its own side of this room.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {
    "EchoServer": "builtin",
    "UdpEchoServer": "builtin",
    "WebServer": "web",
    "Reply": "web",
    "serve": "local",
}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"netlab.servers has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"netlab.servers.{_HOME[name]}"), name)
