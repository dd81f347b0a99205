"""selftest(): does this machine have what the lessons need, and what to do if not."""

from __future__ import annotations

import os
import socket
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """One result: `advice` says what a failure means and what to do; it is empty if all is well."""

    name: str
    advice: str

    def __str__(self) -> str:
        return (
            f"ok       {self.name}" if not self.advice else f"PROBLEM  {self.name}: {self.advice}"
        )


class Report(list[Line]):
    """The lines of a self-test; shows itself as text."""

    def __repr__(self) -> str:
        problems = sum(bool(line.advice) for line in self)
        end = "All is well." if not problems else f"{problems} to look at; the rest is well."
        return "\n".join([*map(str, self), "", end])

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))


def selftest() -> Report:
    """Try everything the lessons need; takes about a second and never raises."""
    report = Report()
    for name, check, advice in CHECKS:
        try:
            check()
        except Exception as error:  # whatever goes wrong here is what the learner needs to read
            report.append(Line(name, f"{advice} ({type(error).__name__}: {error})"))
        else:
            report.append(Line(name, ""))
    return report


def _echo(host: str) -> None:
    from netlab.servers.builtin import EchoServer

    with (
        EchoServer(host=host) as server,
        socket.create_connection(server.address, timeout=5) as sock,
    ):
        sock.sendall(b"hello")
        _expect(b"hello", sock.recv(16))


def _datagram() -> None:
    from netlab.servers.builtin import UdpEchoServer

    with UdpEchoServer() as server, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(5)
        sock.sendto(b"hello", server.address)
        _expect(b"hello", sock.recvfrom(16)[0])


def _handler_thread() -> None:
    from netlab.servers.local import serve

    def hello(conn: socket.socket) -> None:
        conn.sendall(b"hello")

    with serve(hello) as server, socket.create_connection(server.address, timeout=5) as sock:
        _expect(b"hello", sock.recv(16))


def _name() -> None:
    found = [entry[4][0] for entry in socket.getaddrinfo("localhost", None)]
    if "127.0.0.1" not in found:
        raise RuntimeError(f"found {', '.join(map(str, found))}")


def _distance() -> None:
    from netlab.servers.builtin import EchoServer
    from netlab.wire.relay import Relay

    rtts = []
    with (
        EchoServer() as server,
        Relay(server, delay=0.005) as relay,
        socket.create_connection(relay.address, timeout=5) as sock,
    ):
        for _ in range(9):
            start = time.perf_counter()
            sock.sendall(b"hello")
            _expect(b"hello", sock.recv(16))
            rtts.append(time.perf_counter() - start)
    if min(rtts) < 0.010 or statistics.median(rtts) > 0.015:
        raise RuntimeError(f"asked 10 ms, got {statistics.median(rtts) * 1000:.1f} ms")


def _receive_queue() -> None:
    from netlab.background.kernel_view import peer_socket

    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname(), timeout=5) as sock,
    ):
        if peer_socket(sock) is None:
            raise RuntimeError("no sock_diag here")


def _live_network() -> None:
    from netlab.network.network import Network
    from netlab.servers.builtin import EchoServer

    with (
        Network("alice -- bob") as net,
        EchoServer(host=net["bob"]) as server,
        net["alice"].connect(server, timeout=5) as sock,
    ):
        sock.sendall(b"hello")
        _expect(b"hello", sock.recv(16))


def _chart() -> None:
    from netlab.charts import byte_map

    byte_map(b"hello")._repr_mimebundle_()


def _widgets() -> None:
    import ipywidgets  # type: ignore[import-untyped]

    ipywidgets.FloatProgress()


def _folder() -> None:
    with tempfile.NamedTemporaryFile(dir=os.getcwd()):
        pass


def _expect(wanted: bytes, got: bytes) -> None:
    if got != wanted:
        raise RuntimeError(f"expected {wanted!r}, got {got!r}")


CHECKS: list[tuple[str, Callable[[], None], str]] = [
    (
        "background servers on IPv4 loopback",
        lambda: _echo("127.0.0.1"),
        "no lesson works without; a firewall or security program may stop Python from "
        "listening on 127.0.0.1: allow it there",
    ),
    (
        "your own handlers as servers",
        _handler_thread,
        "serve(handler) does not work; restart the kernel, and allow Python to listen on "
        "127.0.0.1 if a firewall asks",
    ),
    (
        "datagrams (UDP)",
        _datagram,
        "the UDP parts will fail; allow Python to use UDP on 127.0.0.1 in your firewall",
    ),
    (
        "IPv6 loopback (::1)",
        lambda: _echo("::1"),
        "a few cells will say so and go on; nothing else needs IPv6. In a container, start it "
        "with IPv6 enabled",
    ),
    (
        "the name localhost",
        _name,
        "one cell of lesson 20 will differ; look for a line '127.0.0.1 localhost' in the hosts "
        "file",
    ),
    (
        "relays keep time",
        _distance,
        "charts will show more delay than asked; close what keeps the processor busy, plug the "
        "laptop in, and run this cell again",
    ),
    (
        "the kernel shows receive queues",
        _receive_queue,
        "this needs Linux outside a strict container. Relays with split= then pace their pieces "
        "by 20 ms: run the cells of lesson 21 one right after the other",
    ),
    (
        "a live network of hosts",
        _live_network,
        "nothing is lost: the lessons that need one play recordings of it, and say so. The "
        "README's table says where it runs",
    ),
    (
        "charts",
        _chart,
        "no chart can be drawn; matplotlib may be missing: delete the folder .venv and run "
        "make lab again",
    ),
    (
        "widgets and progress bars",
        _widgets,
        "long measurements show no bar, all else works; to mend it delete the folder .venv and "
        "run make lab again",
    ),
    (
        "your folder can be written",
        _folder,
        "your work cannot be saved here; check the permissions of the folder and the free space",
    ),
]
