"""Which requests are refused: what RFC 9112 asks of a server and h11 leaves to us. No sockets."""

from __future__ import annotations

import re
from functools import lru_cache

import h11

HEAD_LIMIT = 16_384  # bytes of request line and fields
BODY_LIMIT = 1_048_576  # bytes of a request's body
HERE = {"127.0.0.1", "localhost", "[::1]"}
# RFC 3986 section 3.2.2: an address in brackets or a name, and perhaps a port
HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w.~%!$&'()*+,;=-]*)(?::[0-9]*)?", re.ASCII)
ABSOLUTE = re.compile(r"http://([^/?#]*)(.*)", re.ASCII | re.IGNORECASE)


def refusal(request: h11.Request, fields: dict[str, str], here: str) -> tuple[int, str] | None:
    """Status and reason if this request is not to be answered, None if it is.

    here: the address at which the server listens, another name of it.
    """
    version = request.http_version.decode()
    if not version.startswith("1."):
        return 505, f"this server speaks HTTP/1.0 and HTTP/1.1, not HTTP/{version}"
    if sum(len(name) + len(value) + 4 for name, value in fields.items()) > HEAD_LIMIT:
        return 431, f"a request's fields may have {HEAD_LIMIT} bytes here"
    if len(request.target) > HEAD_LIMIT:
        return 414, f"a request's target may have {HEAD_LIMIT} bytes here"
    if "transfer-encoding" in fields:
        if "content-length" in fields:
            return 400, "both Transfer-Encoding and Content-Length: where does the body end?"
        if version == "1.0":
            return 400, "HTTP/1.0 has no Transfer-Encoding"
    if int(fields.get("content-length", 0)) > BODY_LIMIT:
        return 413, f"a request's body may have {BODY_LIMIT} bytes here"
    return _wrong_place(request.method, request.target, fields.get("host"), version, here)


@lru_cache(256)  # a client asks the same few things again and again
def _wrong_place(
    method: bytes, where: bytes, host: str | None, version: str, here: str
) -> tuple[int, str] | None:
    """Host and target: RFC 9112 section 3.2."""
    if host is None and version != "1.0":  # h11 asks it of HTTP/1.1, but not of an HTTP/1.2
        return 400, "a request needs the field Host"
    host = host or ""
    if not HOST.fullmatch(host):
        return 400, f"Host is a name or an address and perhaps a port, not {host!r}"
    target = where.decode("latin-1")
    if absolute := ABSOLUTE.fullmatch(target):
        host = absolute[1]
    elif not target.startswith("/") and (method, target) != (b"OPTIONS", "*"):
        return 400, f"a request's target starts with / or http://, not {target!r}"
    elif not host and version == "1.0":
        return None
    named = HOST.fullmatch(host)
    if not named or named[1].lower() not in HERE | {here}:
        return 421, f"this server is for this machine only, not for {host!r}"
    return None


@lru_cache(256)
def path_of(target: str) -> str:
    """Path and query of a target that was not refused."""
    absolute = ABSOLUTE.fullmatch(target)
    path = absolute[2] if absolute else target
    return path if path.startswith(("/", "*")) else "/" + path
