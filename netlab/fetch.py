"""fetch_timed: one HTTP request on a fresh connection, with a stopwatch on each of its phases."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from time import perf_counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from netlab.charts import Chart

IN_A_URL = "%/:?#[]@!$&'()*+,;=~"  # RFC 3986 section 2.2
AGAIN = "Is the server still running? Run the cell that starts it again."


@dataclass(frozen=True)
class Phase:
    """A stretch of a request, in seconds since it began; added: by a relay, not by the network."""

    name: str
    start: float
    end: float
    added: bool = False

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.end - self.start


@dataclass(frozen=True, repr=False)
class Fetch:
    """A reply, and how long each phase took: name, connect, first byte, content (seconds)."""

    url: str
    vehicle: str
    status: int
    fields: list[tuple[str, str]]
    body: bytes = field(repr=False)
    phases: list[Phase]

    @property
    def total(self) -> float:
        """Seconds from the start until the last byte of the body."""
        return self.phases[-1].end

    def seconds(self, name: str) -> float:
        """How long the phase of that name took, in seconds; KeyError lists the phases."""
        for phase in self.phases:
            if phase.name == name:
                return phase.seconds
        raise KeyError(f"no phase {name!r}; there are {', '.join(p.name for p in self.phases)}")

    def chart(self, ax: Any = None) -> Chart:
        """This request as a waterfall."""
        from netlab.charts import waterfall

        return waterfall({urlsplit(self.url).path or "/": self}, ax=ax)

    def __repr__(self) -> str:
        return f"Fetch({self.status}, {len(self.body)} bytes, {self.vehicle})"


def fetch_timed(
    target: Any,
    path: str = "",
    *,
    method: str = "GET",
    fields: Mapping[str, str] | None = None,
    body: bytes | None = None,
    timeout: float = 10.0,
) -> Fetch:
    """Request `path` from `target` and time name, connect, first byte and content (seconds).

    target: a WebServer, a Relay in front of one, or an http URL. The first byte's phase is one
    round trip and the server's thinking. A Relay with handshake=True adds a phase "connect (added
    by netlab)". Raises ValueError for what is no http URL, ConnectionError or TimeoutError with
    what to do.
    """
    url, name, port, where = _split(target, path)
    marks = [("", perf_counter())]
    try:
        addresses = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        marks.append(("name", perf_counter()))
        with _connect(addresses, timeout) as sock:
            marks.append(("connect", perf_counter()))
            added = getattr(target, "added_handshake", 0.0)
            client = http.client.HTTPConnection(name, port)
            client.sock = sock
            client.request(method, where, body, {"Connection": "close", **(fields or {})})
            sock.recv(1, socket.MSG_PEEK)  # waits for the first byte and leaves it there
            marks.append(("first byte", perf_counter()))
            reply = client.getresponse()
            content = reply.read()
            marks.append(("content", perf_counter()))
    except socket.gaierror:
        raise ConnectionError(f"there is no address for {name!r}: is the name right?") from None
    except ConnectionRefusedError:
        raise ConnectionRefusedError(f"nobody answers at {url}: refused. {AGAIN}") from None
    except TimeoutError:
        raise TimeoutError(f"{url} gave no byte for {timeout:g} seconds. {AGAIN}") from None
    except (http.client.HTTPException, ConnectionError) as error:
        raise ConnectionError(f"{url} sent no whole HTTP reply: {error!r}. {AGAIN}") from None
    begin = marks[0][1]
    phases = []
    for (_, start), (name, end) in pairwise(marks):
        if name == "first byte" and added:
            start += added
            phases.append(
                Phase("connect (added by netlab)", start - added - begin, start - begin, True)
            )
        phases.append(Phase(name, start - begin, end - begin))
    vehicle = getattr(target, "vehicle", "loopback")
    return Fetch(url, vehicle, reply.status, reply.getheaders(), content, phases)


def _split(target: Any, path: str) -> tuple[str, str, int, str]:
    """URL, name, port, and what to request there."""
    if path and not path.startswith(("/", "?")):
        raise ValueError(f"expected a path such as '/page.html'; got {path!r}")
    url = str(target if isinstance(target, str) else getattr(target, "url", "")) + path
    try:
        parts = urlsplit(url)
        port = 80 if parts.port is None else parts.port
        if parts.scheme != "http" or not parts.hostname:
            raise ValueError
    except ValueError:  # of urlsplit too: a port that is none
        raise ValueError(
            f"expected a WebServer, a Relay in front of one, or an http:// URL; got {target!r}"
        ) from None
    query = f"?{parts.query}" if parts.query else ""
    # what a URL may not contain as it is travels as %xx: RFC 3986 section 2.1
    return url, parts.hostname, port, quote((parts.path or "/") + query, safe=IN_A_URL)


def _connect(addresses: list[Any], timeout: float) -> socket.socket:
    """A connection to the first address that accepts one: localhost may be ::1 or 127.0.0.1."""
    for family, kind, _, _, address in addresses:
        sock = socket.socket(family, kind)
        try:
            sock.settimeout(timeout)
            sock.connect(address)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return sock
        except OSError as error:
            sock.close()
            failed = error
    raise failed
