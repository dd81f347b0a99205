"""netlab: sockets made visible, wires with trouble, round trips on charts.

Every name here is fetched on first use, so `import netlab` stays a few milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from netlab.charts import against_theory, byte_map, waterfall
    from netlab.checkup import selftest
    from netlab.exercises.check import check
    from netlab.exercises.help import hint, solution
    from netlab.exercises.progress import progress
    from netlab.fetch import fetch_timed
    from netlab.measure import Samples, ping
    from netlab.network.network import Network
    from netlab.servers.builtin import EchoServer, UdpEchoServer
    from netlab.servers.local import serve
    from netlab.servers.web import Reply, WebServer
    from netlab.widgets.buffer import BufferExplorer
    from netlab.widgets.predict import predict
    from netlab.widgets.recall import recall
    from netlab.wire.relay import Relay

_HOME = {
    "EchoServer": "netlab.servers.builtin",
    "UdpEchoServer": "netlab.servers.builtin",
    "WebServer": "netlab.servers.web",
    "Reply": "netlab.servers.web",
    "serve": "netlab.servers.local",
    "Relay": "netlab.wire.relay",
    "Network": "netlab.network.network",
    "fetch_timed": "netlab.fetch",
    "waterfall": "netlab.charts",
    "ping": "netlab.measure",
    "Samples": "netlab.measure",
    "byte_map": "netlab.charts",
    "against_theory": "netlab.charts",
    "selftest": "netlab.checkup",
    "check": "netlab.exercises.check",
    "hint": "netlab.exercises.help",
    "solution": "netlab.exercises.help",
    "progress": "netlab.exercises.progress",
    "BufferExplorer": "netlab.widgets.buffer",
    "predict": "netlab.widgets.predict",
    "recall": "netlab.widgets.recall",
}

__all__ = [
    "BufferExplorer",
    "EchoServer",
    "Network",
    "Relay",
    "Reply",
    "Samples",
    "UdpEchoServer",
    "WebServer",
    "against_theory",
    "byte_map",
    "check",
    "fetch_timed",
    "hint",
    "ping",
    "predict",
    "progress",
    "recall",
    "selftest",
    "serve",
    "solution",
    "waterfall",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"netlab has no {name!r}; it has {', '.join(__all__)}")
    from importlib import import_module

    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
