"""What a web server has to say: an answer for a method, a path and some fields. No sockets."""

from __future__ import annotations

import email.utils
import io
import mimetypes
import os
import stat
from dataclasses import dataclass, field, replace
from datetime import UTC
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

KNOWN = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"}
CONDITIONS = {"if-none-match", "if-modified-since"}
CHUNK = 65_536  # bytes received at once
SMALL = 65_536  # bytes: a larger file is sent piece by piece
Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """A reply before it is framed: parts of bytes, or the first `length` bytes of an open file."""

    status: int
    fields: Fields = field(default_factory=list)
    parts: list[bytes] = field(default_factory=list)
    file: io.FileIO | None = None
    file_size: int = 0
    framing: str = "length"
    delay: float = 0.0
    pause: float = 0.0

    @property
    def length(self) -> int:
        return self.file_size if self.file else sum(map(len, self.parts))


@dataclass(frozen=True)
class Route:
    """What a path answers, and to which methods."""

    answer: Answer
    methods: list[str]
    echo: bool


def problem(status: int, text: str, *fields: tuple[str, str]) -> Answer:
    """A short reply in words."""
    kind = ("Content-Type", "text/plain; charset=utf-8")
    return Answer(status, [kind, *fields], [text.encode() + b"\n"])


class Site:
    """The routes of a dict, or the files of a folder."""

    def __init__(self, routes: dict[str, dict[str, Any]], folder: str) -> None:
        self._routes = {path: _route(**route) for path, route in routes.items()}
        self._folder = os.path.realpath(folder) if folder else ""
        self._facts = os.stat(self._folder or ".")

    def answer(self, method: str, target: str, fields: dict[str, str], body: bytes) -> Answer:
        """The answer to one request; `fields` by lower-case name (RFC 9110 section 5.1)."""
        if method not in KNOWN:
            return problem(501, f"this server does not know the method {method}")
        path = unquote(target.partition("?")[0])
        if target == "*":
            return Answer(204, [("Allow", "GET, HEAD, OPTIONS")])
        if self._folder:
            return self._file(method, path, fields)
        route = self._routes.get(path)
        if route is None:
            return problem(404, f"nothing here: {path}")
        if method not in route.methods:
            allow = ", ".join(route.methods)
            return problem(405, f"{path} does not answer {method}", ("Allow", allow))
        return replace(route.answer, parts=[body]) if route.echo else route.answer

    def _file(self, method: str, path: str, fields: dict[str, str]) -> Answer:
        if method not in ("GET", "HEAD"):
            return problem(405, "files answer GET and HEAD", ("Allow", "GET, HEAD"))
        try:
            place, facts = self._locate(path)
            answer = _about(place, facts.st_size, facts.st_mtime_ns)
            if fields.keys() & CONDITIONS and _unchanged(fields, answer, int(facts.st_mtime)):
                return replace(answer, status=304, parts=[])
            if facts.st_size <= SMALL:
                return answer
            file = open(place, "rb", buffering=0)  # noqa: SIM115  the sender closes it
            return replace(answer, file=file)
        except (OSError, ValueError):  # ValueError: a NUL in the path
            return problem(404, f"no such file: {path}")

    def _locate(self, path: str) -> tuple[str, os.stat_result]:
        """The file in the folder that a path means, and what stat says of it; OSError if none.

        Every .. and every link is followed, and may not lead outside.
        """
        place, facts = self._folder, self._facts
        for part in path.split("/"):
            if part in ("", ".") and stat.S_ISDIR(facts.st_mode):
                continue
            place = f"{place}/{part}"
            facts = os.lstat(place)
            # altsep: on Windows a part may hide a backslash or a drive
            if part == ".." or stat.S_ISLNK(facts.st_mode) or os.altsep:
                place = os.path.realpath(place, strict=True)
                facts = os.lstat(place)
                if os.path.commonpath([self._folder, place]) != self._folder:
                    raise FileNotFoundError(place)
        if stat.S_ISDIR(facts.st_mode):
            return self._locate(f"{path}/index.html")
        if not stat.S_ISREG(facts.st_mode):
            raise FileNotFoundError(place)  # a pipe, a device: reading it might never end
        return place, facts


def _route(
    *,
    body: list[str],
    type: str,
    fields: list[list[str]],
    methods: list[str],
    echo: bool,
    **rest: Any,
) -> Route:
    """A route as it came from the kernel: bytes as Latin-1 text, one character a byte."""
    own = [(name, value) for name, value in fields]
    if "content-type" not in {name.lower() for name, _ in own}:
        own = [("Content-Type", type), *own]
    answer = Answer(fields=own, parts=[part.encode("latin-1") for part in body], **rest)
    return Route(answer, methods + ["HEAD"] * ("GET" in methods), echo)


@lru_cache(64)
def http_date(seconds: int) -> str:
    """A moment (seconds since 1970) as HTTP writes it: RFC 9110 section 5.6.7."""
    return email.utils.formatdate(seconds, usegmt=True)


@lru_cache(64)
def _about(place: str, size: int, changed: int) -> Answer:
    """The answer with that file: made once, since the same tag promises the same bytes."""
    kind = mimetypes.guess_type(place)[0] or "application/octet-stream"
    fields = [
        ("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind),
        ("Accept-Ranges", "none"),
        ("ETag", f'"{size:x}-{changed:x}"'),
        ("Last-Modified", http_date(changed // 10**9)),
    ]
    if size > SMALL:
        return Answer(200, fields, file_size=size)
    with open(place, "rb") as file:
        return Answer(200, fields, [file.read()])


def _unchanged(fields: dict[str, str], answer: Answer, changed: int) -> bool:
    """Whether the client's copy is still good: RFC 9110 section 13.2.2, in its order."""
    if (wanted := fields.get("if-none-match")) is not None:
        tags = [tag.strip().removeprefix("W/") for tag in wanted.split(",")]
        return "*" in tags or dict(answer.fields)["ETag"] in tags
    if (since := fields.get("if-modified-since")) is not None:
        try:
            when = email.utils.parsedate_to_datetime(since)
            # without a zone it is UTC, not the time of the server's clock on the wall
            return changed <= (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError):
            return False  # a date that is none is ignored: RFC 9110 section 13.1.3
    return False
