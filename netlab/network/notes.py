"""How a recording writes things down: bytes, errors, long results, and what tells calls apart."""

from __future__ import annotations

import base64
import builtins
import hashlib
import json
import sys
import zlib
from typing import Any

FORMAT = 1
LONG = 5000  # characters of a result from which on it is compressed


def pack(result: Any) -> Any:
    """A result as it is, or compressed if it is long: a trace shrinks to a tenth."""
    plain = json.dumps(result)
    if len(plain) < LONG:
        return result
    return {"zlib": base64.b64encode(zlib.compress(plain.encode(), 9)).decode("ascii")}


def unpack(result: Any) -> Any:
    """The result that `pack` was given."""
    if isinstance(result, dict) and list(result) == ["zlib"]:
        return json.loads(zlib.decompress(base64.b64decode(result["zlib"])))
    return result


def text(data: bytes | bytearray | memoryview) -> str:
    """Bytes as JSON text: as they read, or in base64."""
    data = bytes(data)  # of any buffer
    plain = all(byte in b"\r\n\t" or 32 <= byte < 127 for byte in data)
    if plain and not data.startswith(b"base64:"):
        return data.decode("ascii")
    return "base64:" + base64.b64encode(data).decode("ascii")


def data(text: str) -> bytes:
    """The bytes that `text` described."""
    if text.startswith("base64:"):
        return base64.b64decode(text[7:])
    return text.encode("ascii")


def wire_error(error: OSError) -> list[Any]:
    """An OSError as JSON: its class and its arguments."""
    return [type(error).__name__, *(a for a in error.args if isinstance(a, int | str))]


def digest(arguments: list[Any]) -> Any:
    """Arguments as they are, or a digest of long ones."""
    plain = json.dumps(arguments, sort_keys=True, default=str)
    plain = plain.replace(json.dumps(sys.executable), '"python"')
    if len(plain) > 300:
        return "sha256:" + hashlib.sha256(plain.encode()).hexdigest()[:16]
    return json.loads(plain)  # of a short one: as it is


def raise_error(error: list[Any] | None) -> None:
    """Raise the OSError that `wire_error` described; nothing for None."""
    if error is None:
        return
    kind = getattr(builtins, error[0], OSError)
    raise (kind if issubclass(kind, OSError) else OSError)(*error[1:])
