"""What a web server has to say: an answer for a method, a path and some fields. No sockets."""

from __future__ import annotations

import email.utils
import hashlib
import mimetypes
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

KNOWN = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"}
CHUNK = 65_536
Fields = list[tuple[str, str]]


@dataclass
class Answer:
    """A reply before it is framed: parts of bytes, or a file."""

    status: int
    fields: Fields = field(default_factory=list)
    parts: list[bytes] = field(default_factory=list)
    file: Path | None = None
    framing: str = "length"
    delay: float = 0.0
    pause: float = 0.0

    @property
    def length(self) -> int:
        return self.file.stat().st_size if self.file else sum(map(len, self.parts))


def problem(status: int, text: str, *fields: tuple[str, str]) -> Answer:
    """A short reply in words."""
    kind = ("Content-Type", "text/plain; charset=utf-8")
    return Answer(status, [kind, *fields], [text.encode() + b"\n"])


class Site:
    """The routes of a dict, or the files of a folder."""

    def __init__(self, routes: dict[str, dict[str, Any]], folder: str) -> None:
        self._routes = routes
        self._folder = Path(folder) if folder else None

    def answer(self, method: str, target: str, fields: dict[str, str], body: bytes) -> Answer:
        """The answer to one request; `fields` by lower-case name (RFC 9110 section 5.1)."""
        if method not in KNOWN:
            return problem(501, f"this server does not know the method {method}")
        path = unquote(target.partition("?")[0])
        if target == "*":
            return Answer(204, [("Allow", "GET, HEAD, OPTIONS")])
        if self._folder is not None:
            return self._file(self._folder, method, path, fields)
        route = self._routes.get(path)
        if route is None:
            return problem(404, f"nothing here: {path}")
        allowed = list(route["methods"])
        if "GET" in allowed:
            allowed.append("HEAD")
        if method not in allowed:
            return problem(405, f"{path} does not answer {method}", ("Allow", ", ".join(allowed)))
        parts = [body] if route["echo"] else [p.encode("latin-1") for p in route["body"]]
        own = [(name, value) for name, value in route["fields"]]
        named = {name.lower() for name, _ in own}
        kind = [] if "content-type" in named else [("Content-Type", route["type"])]
        return Answer(
            route["status"],
            kind + own,
            parts,
            framing=route["framing"],
            delay=route["delay"],
            pause=route["pause"],
        )

    def _file(self, folder: Path, method: str, path: str, fields: dict[str, str]) -> Answer:
        if method not in ("GET", "HEAD"):
            return problem(405, "files answer GET and HEAD", ("Allow", "GET, HEAD"))
        try:
            file = (folder / path.lstrip("/")).resolve()
            if file.is_dir():
                file /= "index.html"
            # resolve() has followed every .. and link: what lies outside is not found
            if not file.is_relative_to(folder) or not file.is_file():
                return problem(404, f"no such file: {path}")
            facts = file.stat()
        except (OSError, ValueError):  # ValueError: a NUL in the path
            return problem(404, f"no such file: {path}")
        tag = hashlib.blake2b(f"{facts.st_size}:{facts.st_mtime_ns}".encode(), digest_size=8)
        etag = f'"{tag.hexdigest()}"'
        validators = [
            ("ETag", etag),
            ("Last-Modified", email.utils.formatdate(facts.st_mtime, usegmt=True)),
        ]
        if _unchanged(fields, etag, facts.st_mtime):
            return Answer(304, validators)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        about = [("Content-Type", kind), ("Accept-Ranges", "none"), *validators]
        return Answer(200, about, file=file)


def _unchanged(fields: dict[str, str], etag: str, changed: float) -> bool:
    """Whether the client's copy is still good: RFC 9110 section 13.2.2, in its order."""
    if (wanted := fields.get("if-none-match")) is not None:
        tags = [tag.strip().removeprefix("W/") for tag in wanted.split(",")]
        return "*" in tags or etag in tags
    if (since := fields.get("if-modified-since")) is not None:
        try:
            return int(changed) <= email.utils.parsedate_to_datetime(since).timestamp()
        except (ValueError, OverflowError):
            return False  # a date that is none is ignored: RFC 9110 section 13.1.3
    return False
