"""A scenario: what the peer does, what the answer is asked, and what must come of it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Mark(Enum):
    """What can stand in a peer's script beside bytes; after its last entry nothing ever comes."""

    END = "end of stream"
    RESET = "reset"


class Token(Enum):
    """Stand-ins: for the scripted socket among arguments, for "whatever comes" among results."""

    SOCK = "sock"
    ANYTHING = "anything"


END, RESET = Mark.END, Mark.RESET
SOCK, ANYTHING = Token.SOCK, Token.ANYTHING


Sends = tuple[bytes | Mark, ...]


@dataclass(frozen=True)
class Call:
    """One call and what must come of it: the value `returns`, or the error named in `raises`.

    method is "" for the answer itself, else a method of what the first call returned. says lists
    numbers that the error's message must hold.
    """

    args: tuple[Any, ...] = ()
    method: str = ""
    returns: Any = ANYTHING
    raises: str = ""
    says: tuple[int, ...] = ()


@dataclass(frozen=True)
class Scenario:
    """behaviour groups scenarios for points; words say the scenario to the learner.

    sends is the peer's script: each bytes entry is handed over by at least one recv, END and RESET
    as they are. accepts lists how many bytes each `send` takes, at most; then sends take all. sent
    is what must be on the wire at the end, left is what must still wait to be received. An answer
    that is data instead of code is given to `looks`, which says in one sentence what is wrong.
    """

    behaviour: str
    words: str
    calls: tuple[Call, ...] = ()
    sends: Sends = ()
    accepts: tuple[int, ...] = ()
    sent: bytes | None = None
    left: bytes | None = None
    looks: Callable[[Any], str] | None = None


def every_cut(data: bytes) -> Iterator[tuple[bytes, ...]]:
    """Every way to cut these bytes into pieces, uncut first: 2 ** (len(data) - 1) ways."""
    spots = range(1, len(data))
    for chosen in range(2 ** len(spots)):
        cuts = [0, *(spot for spot in spots if chosen >> (spot - 1) & 1), len(data)]
        yield tuple(data[a:b] for a, b in itertools.pairwise(cuts))


def sizes(sends: Sends) -> str:
    """How many bytes each piece has, as 2 + 1 + 3."""
    return " + ".join(str(len(piece)) for piece in sends if isinstance(piece, bytes))
