"""What lies between two ends: the link model, and a relay for TCP and for UDP.

Names are fetched on first use: a child process needs only its own side of this room.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {"Conditions": "model", "Link": "model", "Relay": "relay", "Trouble": "trouble"}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"netlab.wire has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"netlab.wire.{_HOME[name]}"), name)
