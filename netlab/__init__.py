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
    from netlab.servers.whole import serve_all
    from netlab.widgets.buffer import BufferExplorer
    from netlab.widgets.connection import ConnectionExplorer
    from netlab.widgets.cut_points import CutPointExplorer
    from netlab.widgets.header_inspector import HeaderInspector
    from netlab.widgets.monitor import RoundTripMonitor
    from netlab.widgets.page_load import PageLoadExplorer
    from netlab.widgets.predict import predict
    from netlab.widgets.recall import recall
    from netlab.wire.relay import Relay

_HOME = {
    "ConnectionExplorer": "netlab.widgets.connection",
    "EchoServer": "netlab.servers.builtin",
    "UdpEchoServer": "netlab.servers.builtin",
    "WebServer": "netlab.servers.web",
    "Reply": "netlab.servers.web",
    "serve": "netlab.servers.local",
    "serve_all": "netlab.servers.whole",
    "Relay": "netlab.wire.relay",
    "RoundTripMonitor": "netlab.widgets.monitor",
    "Network": "netlab.network.network",
    "PageLoadExplorer": "netlab.widgets.page_load",
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
    "CutPointExplorer": "netlab.widgets.cut_points",
    "HeaderInspector": "netlab.widgets.header_inspector",
    "predict": "netlab.widgets.predict",
    "recall": "netlab.widgets.recall",
}

__all__ = [
    "BufferExplorer",
    "ConnectionExplorer",
    "CutPointExplorer",
    "EchoServer",
    "HeaderInspector",
    "Network",
    "PageLoadExplorer",
    "Relay",
    "Reply",
    "RoundTripMonitor",
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
    "serve_all",
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
