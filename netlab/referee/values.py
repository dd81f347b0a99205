"""Python values as JSON: what may cross between the worker and the referee, and nothing else."""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing would cost the worker milliseconds
if TYPE_CHECKING:
    from typing import Any

PLAIN = (type(None), bool, int, float, str)
LONGEST = 2_000_000  # bytes in one value


class Strange:
    """A value of a type that does not travel: only the type's name came."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name if self.name[:4] == "the " else f"something of the type {self.name}"


def pack(value: Any, depth: int = 0) -> Any:
    """Exact built-in types only: a subclass could lie about being equal."""
    kind = type(value)
    if kind in (bytearray, memoryview):
        value, kind = bytes(value), bytes
    if kind is bytes and len(value) <= LONGEST:
        return {"bytes": value.decode("latin-1")}
    if kind is str and len(value) <= LONGEST:
        return {"str": value}
    if kind is int and value.bit_length() > 1000:
        return {"other": "int of more than 1000 bits"}
    if kind in PLAIN and kind is not str:
        return value
    if kind in (list, tuple) and depth < 5:
        return {kind.__name__: [pack(item, depth + 1) for item in value]}
    if kind is dict and depth < 5:
        pairs = [[pack(key, depth + 1), pack(item, depth + 1)] for key, item in value.items()]
        return {"dict": pairs}
    if kind.__name__ in ("function", "method", "builtin_function_or_method"):
        return {"other": f"the function `{str(getattr(value, '__name__', ''))[:40]}`"}
    return {"other": str(kind.__name__)[:60]}


def unpack(packed: Any, socks: dict[str, Any] | None = None) -> Any:
    """The value again; ValueError for what pack never makes. "sock" names one of socks."""
    if type(packed) in PLAIN and type(packed) is not str:
        return packed
    if type(packed) is not dict or len(packed) != 1:
        raise ValueError("not a packed value")
    ((kind, inside),) = packed.items()
    if kind == "sock" and socks and inside in socks:
        return socks[inside]
    if kind in ("bytes", "str", "other") and type(inside) is str:
        if kind == "other":
            return Strange(inside[:60])
        return inside.encode("latin-1") if kind == "bytes" else inside
    if kind in ("list", "tuple") and type(inside) is list:
        items = [unpack(item, socks) for item in inside]
        return items if kind == "list" else tuple(items)
    if kind == "dict" and type(inside) is list:
        try:
            return {unpack(key, socks): unpack(item, socks) for key, item in inside}
        except TypeError as error:
            raise ValueError("a key that cannot be one") from error
    raise ValueError("not a packed value")
