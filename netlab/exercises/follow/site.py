"""Two scripted web servers, and what they heard: requests, in order, from every connection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from netlab.referee.net import Net
from netlab.referee.scenario import END, Address, Reaction, Sends

FIRST, SECOND = ("127.0.0.1", 8001), ("127.0.0.1", 8002)


@dataclass(frozen=True)
class Page:
    """What stands at a target: a redirect if there is a location, and how the reply ends."""

    status: int = 200
    location: str = ""
    body: bytes = b""
    keep: bool = True  # the connection stays open, and the body has a length

    def reply(self, method: str) -> bytes:
        fields = [f"HTTP/1.1 {self.status} X"]
        if self.location:
            fields.append(f"Location: {self.location}")
        if self.keep and self.status != 304:
            fields.append(f"Content-Length: {len(self.body)}")
        if not self.keep:
            fields.append("Connection: close")
        head = "\r\n".join([*fields, "", ""]).encode()
        return head + (b"" if method == "HEAD" else self.body)


@dataclass(frozen=True)
class Asked:
    """One request as it came: shown to the learner in these words."""

    address: Address
    method: str
    target: str
    body: bytes = b""
    host: str = ""

    def __str__(self) -> str:
        what = f"{self.method} {self.target} at port {self.address[1]}"
        return f"{what} with the body {self.body.decode('latin-1')!r}" if self.body else what


Site = Mapping[str, Page]


def serves(site: Site) -> Reaction:
    """A web server with these pages by target, 404 for the rest, 400 for what is no request."""

    def reaction(heard: bytes, ended: bool) -> Sends:
        requests, rest = _requests(FIRST, heard)
        sends: list[bytes] = []
        for request in requests:
            target = request.target.removeprefix(f"http://{request.host}")  # servers take both
            page = site.get(target, Page(404, body=b"nothing here"))
            sends.append(page.reply(request.method))
            if not page.keep:
                return (*sends, END)
        if rest is None:
            return (*sends, Page(400, keep=False).reply("GET"), END)
        return (*sends, END) if ended else tuple(sends)

    return reaction


def asked(net: Net) -> list[Asked]:
    """All whole requests, in the order in which they were complete."""
    heard: dict[int, bytes] = {}
    found: list[Asked] = []
    for number, data in net.heard:
        address = net.peers[number].address
        before, _ = _requests(address, heard.get(number, b""))
        heard[number] = heard.get(number, b"") + data
        now, _ = _requests(address, heard[number])
        found += now[len(before) :]
    return found


def wants(*ways: tuple[Asked, ...]) -> Callable[[Net], str]:
    """An `after`: the requests were one of these ways to do it, each with its server's Host."""

    def after(net: Net) -> str:
        came = asked(net)
        plain = tuple(Asked(a.address, a.method, a.target, a.body) for a in came)
        if plain not in ways:
            return _gap(ways[0], plain)
        for request in came:
            host, port = request.address
            if request.host not in (host, f"{host}:{port}"):
                return f"expected Host: {host}:{port} in {request}\ncame     Host: {request.host}"
        return ""

    return after


def _gap(wanted: tuple[Asked, ...], came: tuple[Asked, ...]) -> str:
    at = next((n for n, (a, b) in enumerate(zip(wanted, came, strict=False)) if a != b), None)
    if at is None:
        at = min(len(wanted), len(came))
    should = str(wanted[at]) if at < len(wanted) else "no request"
    did = str(came[at]) if at < len(came) else "no request"
    return f"request {at + 1}:\nexpected {should}\ncame     {did}"


def _requests(address: Address, heard: bytes) -> tuple[list[Asked], bytes | None]:
    """The whole requests, and what is left over; None for what is no request."""
    found = []
    while b"\r\n\r\n" in heard:
        head, _, rest = heard.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        words = first.split(" ")
        pairs = (line.partition(":") for line in lines)
        fields = {name.lower(): value.strip(" \t") for name, _, value in pairs}
        length = fields.get("content-length", "0")
        if len(words) != 3 or not words[1].startswith(("/", "http://")) or not length.isdecimal():
            return found, None
        if len(rest) < int(length):
            break
        body, heard = rest[: int(length)], rest[int(length) :]
        found.append(Asked(address, words[0], words[1], body, fields.get("host", "")))
    return found, heard
