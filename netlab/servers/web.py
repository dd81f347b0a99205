"""WebServer: HTTP/1.0 and 1.1 on loopback, in the servers' process, with its bytes in view."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from netlab.background.server import Host, http_url
from netlab.servers.builtin import BuiltinServer

FRAMINGS = ("length", "chunked", "close")
WRITTEN = {"content-length", "transfer-encoding", "date"}
TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # RFC 9110 section 5.6.2
VALUE = r"[!-~\xa0-\xff]+([ \t]+[!-~\xa0-\xff]+)*|"  # section 5.5, not its obsolete parts


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a route answers.

    body: text, bytes, or a list of parts that are sent one by one. delay: seconds before the
    reply begins; pause: seconds before each part. framing: how the reader learns where the body
    ends: "length" (Content-Length), "chunked" or "close" (RFC 9112 section 6.3). methods: what the
    route answers; HEAD goes with GET. echo: the body is the request's own. Raises ValueError,
    TypeError.
    """

    body: str | bytes | Sequence[str | bytes] = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    fields: Mapping[str, str] | Sequence[tuple[str, str]] = ()
    delay: float = 0.0
    pause: float = 0.0
    framing: str = "length"
    methods: Sequence[str] = ("GET",)
    echo: bool = False

    def __post_init__(self) -> None:
        if self.framing not in FRAMINGS:
            raise ValueError(f"framing is one of {', '.join(FRAMINGS)}; got {self.framing!r}")
        if not isinstance(self.status, int) or not 200 <= self.status <= 599:
            raise ValueError(f"a final status is a number from 200 to 599; got {self.status!r}")
        for name in ("delay", "pause"):
            seconds = getattr(self, name)
            if isinstance(seconds, bool) or not isinstance(seconds, int | float):
                raise TypeError(f"{name} is a number of seconds; got {seconds!r}")
            if not 0 <= seconds <= 60:
                raise ValueError(f"{name} is 0 to 60 seconds; got {seconds}")
        single = isinstance(self.body, str | bytes)
        listed = isinstance(self.body, list | tuple)
        if not single and not (listed and all(isinstance(p, str | bytes) for p in self.body)):
            raise TypeError(f"a body is text, bytes or a list of those; got {self.body!r}")
        methods = [] if isinstance(self.methods, str) else list(self.methods)
        if not methods or not all(re.fullmatch("[A-Z]+", str(method)) for method in methods):
            example = "['GET', 'POST']"
            raise ValueError(f"methods is a list such as {example}; got {self.methods!r}")
        for name, value in [("Content-Type", self.type), *self._own_fields()]:
            if not re.fullmatch(TOKEN, name) or not re.fullmatch(VALUE, value):
                raise ValueError(
                    "a field is a name and a value in Latin-1 without line breaks, such as "
                    f"'X-Kind': 'tea'; got {name!r}: {value!r}"
                )
            if name.lower() in WRITTEN:
                raise ValueError(f"the server writes {name} itself; framing= says how a body ends")

    def _own_fields(self) -> list[tuple[str, str]]:
        pairs = self.fields.items() if isinstance(self.fields, Mapping) else self.fields
        return [(str(name), str(value)) for name, value in pairs]

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values: bytes travel as Latin-1 text, one character a byte."""
        parts = [self.body] if isinstance(self.body, str | bytes) else self.body
        return asdict(self) | {
            "body": [_bytes(part).decode("latin-1") for part in parts],
            "fields": self._own_fields(),
            "methods": list(self.methods),
        }


class WebServer(BuiltinServer):
    """An HTTP server (RFC 9110, RFC 9112) for a dict of routes or a folder of files.

    routes: {"/path": text, bytes or Reply(...)}, or the path of a folder, whose files get an ETag
    and Last-Modified. keep_alive: whether connections stay open for more requests. idle: seconds
    without a byte before a connection is closed. events: keep the protocol events for .events.
    It answers only to a Host of this machine. Raises TypeError, ValueError, FileNotFoundError.

        with WebServer({"/": "hello"}) as server: urlopen(server.url)
    """

    kind = "web"

    def __init__(
        self,
        routes: Mapping[str, str | bytes | Reply] | str | os.PathLike[str],
        *,
        host: str | Host = "127.0.0.1",
        port: int = 0,
        keep_alive: bool = True,
        idle: float = 3600.0,
        events: bool = False,
    ) -> None:
        if isinstance(idle, bool) or not isinstance(idle, int | float) or not 0 < idle <= 3600:
            raise ValueError(f"idle is more than 0 and at most 3600 seconds; got {idle!r}")
        self._options: dict[str, Any] = _site(routes) | {
            "keep_alive": bool(keep_alive),
            "idle": idle,
            "events": bool(events),
        }
        super().__init__(host=host, port=port)

    @property
    def url(self) -> str:
        """http://127.0.0.1:port, without a slash at the end: f"{server.url}/path"."""
        return http_url(self.address)

    @property
    def events(self) -> list[str]:
        """The HTTP events as the server's protocol engine (h11) named them; needs events=True."""
        if not self._options["events"]:
            raise ValueError(
                "this server keeps no events; start it with WebServer(..., events=True)"
            )
        reply = self._ask("events", lambda: self._child.call("events", server=self._number))
        return [str(event) for event in reply["events"]]


def _site(routes: Any) -> dict[str, Any]:
    if isinstance(routes, str | os.PathLike):
        folder = Path(routes).resolve()
        if not folder.is_dir():
            raise FileNotFoundError(f"expected a folder of files to serve; {folder} is none")
        return {"folder": str(folder), "routes": {}}
    if not isinstance(routes, Mapping):
        raise TypeError(f'expected a dict such as {{"/": "hello"}}, or a folder; got {routes!r}')
    site = {}
    for path, reply in routes.items():
        if not isinstance(path, str) or not path.startswith("/"):
            raise ValueError(f"a route is a path that starts with '/'; got {path!r}")
        if isinstance(reply, str | bytes):
            reply = Reply(body=reply)
        if not isinstance(reply, Reply):
            raise TypeError(f"route {path!r}: expected text, bytes or Reply(...); got {reply!r}")
        site[path] = reply.as_json()
    return {"folder": "", "routes": site}


def _bytes(part: str | bytes) -> bytes:
    return part.encode() if isinstance(part, str) else bytes(part)
