"""A scenario: what the peer does, what the answer is asked, and what must come of it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Mark(Enum):
    """What can stand in a peer's script beside bytes; after its last entry nothing ever comes."""

    END = "end of stream"
    RESET = "reset"
    BROKEN = "broken pipe"
    REFUSED = "port unreachable"


class Token(Enum):
    """Stand-ins: among arguments for scripted sockets, for a function that connects to HIDDEN, and
    for one that takes its time; among results for "whatever comes"."""

    SOCK = "sock"
    LISTENER = "listener"
    CONNECT = "connect"
    ASK = "ask"
    ANYTHING = "anything"


END, RESET, BROKEN, REFUSED = Mark.END, Mark.RESET, Mark.BROKEN, Mark.REFUSED
SOCK, LISTENER, CONNECT = Token.SOCK, Token.LISTENER, Token.CONNECT
ASK, ANYTHING = Token.ASK, Token.ANYTHING


Sends = tuple[bytes | Mark, ...]
Address = tuple[str, int]
# all that a server has sent once it has heard these bytes, and (True) the end of the stream;
# more heard may only add to it
Reaction = Callable[[bytes, bool], Sends]
# what happens at once among many clients: bytes arrive from one, or END or RESET; a number says how
# many more bytes it has room for. The first of a client is its connecting, perhaps with b""
Moment = tuple[tuple[int, bytes | Mark | int], ...]
# how many seconds the nth "connect", "reply" or "ask" takes; n counts from 1
Takes = Callable[[str, int], float]
# what the nth datagram, with these bytes, leads to: (seconds until it is there, bytes or REFUSED)
Answers = Callable[[int, bytes], Sequence[tuple[float, bytes | Mark]]]
HIDDEN: Address = ("192.0.2.2", 80)


@dataclass(frozen=True)
class Call:
    """One call and what must come of it: the value `returns`, or the error named in `raises`.

    method is "" for the answer itself, else a method of what the first call returned. says lists
    numbers that the error's message must hold. may_raise is an error that is right as well, where
    a standard leaves the choice. idles: it must never return, and wait in select at the end.
    looks says of a returned value what is wrong with it ("" if
    nothing is), where more than one is right, or where its parts have names. text is how a report
    writes the call, if not with its arguments; lines below the first describe them.
    """

    args: tuple[Any, ...] = ()
    method: str = ""
    returns: Any = ANYTHING
    raises: str = ""
    says: tuple[int, ...] = ()
    may_raise: str = ""
    idles: bool = False
    looks: Callable[[Any], str] | None = None
    text: str = ""


@dataclass(frozen=True)
class Buffers:
    """A peer that answers what it reads, `reads` bytes at a time, through buffers of `size` bytes;
    it ends its stream after `stops` bytes."""

    size: int
    reads: int
    answer: Callable[[bytes], bytes]
    stops: int | None = None


@dataclass(frozen=True)
class Scenario:
    """behaviour groups scenarios for points; words say the scenario to the learner.

    sends is the peer's script: each bytes entry is handed over by at least one recv, END and RESET
    as they are; where BROKEN comes next, sending fails as well. accepts lists how many bytes each
    `send` takes, at most; then sends take all. With `reacts` the peer follows what it hears instead
    of a script. sent is what must be on the wire at the end, left is
    what must still wait to be received. An answer that is data instead of code is given to `looks`,
    which says in one sentence what is wrong.

    Where an answer makes its own connections, servers says who answers at which address: one
    reaction, or one for each connection, of which the last stays. clients says who calls LISTENER,
    one script each; nothing else can be reached. Instead, moments says what comes one after another
    of many clients, and order in which order the ready ones are named: "opening" (as they were
    accepted), "reverse", or "shuffled". With `takes` there is a clock, which only the scenario
    moves. `after` is given the Net at the end, and says what is wrong with it.

    With `answers`, SOCK is a connected UDP socket instead: there is a clock, and only waiting for
    a datagram takes time.
    """

    behaviour: str
    words: str
    calls: tuple[Call, ...] = ()
    sends: Sends = ()
    accepts: tuple[int, ...] = ()
    reacts: Reaction | None = None
    sent: bytes | None = None
    left: bytes | None = None
    looks: Callable[[Any], str] | None = None
    servers: Mapping[Address, Reaction | tuple[Reaction, ...]] = field(default_factory=dict)
    clients: tuple[Sends, ...] = ()
    moments: tuple[Moment, ...] = ()
    order: str = "opening"
    takes: Takes | None = None
    answers: Answers | None = None
    after: Callable[[Any], str] | None = None
    buffers: Buffers | None = None
    ports: Mapping[Address, str] | None = None


def every_cut(data: bytes) -> Iterator[tuple[bytes, ...]]:
    """Every way to cut these bytes into pieces, uncut first: 2 ** (len(data) - 1) ways."""
    spots = range(1, len(data))
    for chosen in range(2 ** len(spots)):
        cuts = [0, *(spot for spot in spots if chosen >> (spot - 1) & 1), len(data)]
        yield tuple(data[a:b] for a, b in itertools.pairwise(cuts))


def sizes(sends: Sends) -> str:
    """How the bytes arrive: in one piece, or as 2 + 1 + 3."""
    pieces = [str(len(piece)) for piece in sends if isinstance(piece, bytes)]
    return f"as {' + '.join(pieces)}" if len(pieces) > 1 else "in one piece"
