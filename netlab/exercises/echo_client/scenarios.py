"""echo_client(address, data): the client's side of a connection, from connect to close."""

from __future__ import annotations

import itertools
import random
import string
from collections.abc import Iterator

from netlab.referee.ends import closed, patient
from netlab.referee.scenario import END, RESET, Call, Reaction, Scenario, Sends

LESSON = 20
NEEDS: tuple[str, ...] = ()
ADDRESS = ("127.0.0.1", 50007)


def echo(*cuts: int, then: Sends | None = None) -> Reaction:
    """A server that echoes in pieces of these sizes, and ends when its client has ended; or does
    `then` after the last piece, whatever the client does: END, RESET, or () for silence."""
    edges = [0, *itertools.accumulate(cuts)]

    def reaction(heard: bytes, ended: bool) -> Sends:
        pieces = tuple(heard[a:b] for a, b in itertools.pairwise(edges) if b <= len(heard))
        if then is not None:
            return (*pieces, *then) if len(pieces) == len(cuts) else pieces
        rest = heard[edges[len(pieces)] :]
        return (*pieces, *([rest] if rest else []), END) if ended else pieces

    return reaction


def scenarios(seed: str) -> Iterator[Scenario]:
    """About forty scenarios; the letters depend on the seed, the cuts do not."""
    rng = random.Random(f"echo_client {seed}")

    def word(length: int) -> bytes:
        return "".join(rng.choices(string.ascii_lowercase, k=length)).encode()

    def asks(data: bytes, raises: str = "") -> tuple[Call, ...]:
        return (Call((ADDRESS, data), returns=data, raises=raises),)

    def play(behaviour: str, words: str, data: bytes, *cuts: int) -> Scenario:
        servers = {ADDRESS: echo(*cuts)}
        return Scenario(behaviour, words, asks(data), sent=data, servers=servers)

    whole, pieces, short = "the echo", "the echo in pieces", "short writes"
    end, silence = "the end of the stream", "silence"
    close, errors = "the connection is closed", "errors pass through"
    yield play(whole, "8 bytes come back in one piece.", word(8), 8)
    yield play(whole, "1 byte comes back.", word(1), 1)
    data = "21 °C".encode()
    yield play(whole, "6 bytes of text come back, '21 °C'.", data, 6)
    yield play(whole, "256 bytes of all values come back in one piece.", bytes(range(256)), 256)
    for cut in range(1, 8):
        yield play(pieces, f"8 bytes come back as {cut} + {8 - cut}.", word(8), cut, 8 - cut)
    yield play(pieces, "20 bytes come back one at a time.", word(20), *[1] * 20)
    yield play(pieces, "'21 °C' comes back, cut inside the degree sign.", data, 4, 2)
    yield play(pieces, "1200 bytes come back as 1024 + 176.", word(1200), 1024, 176)
    for takes in ((1,), (5,), (3, 3), (1,) * 8):
        data = word(8)
        words = f"8 bytes are sent. A send takes {' + '.join(map(str, takes))} of them at most."
        servers = {ADDRESS: echo(8)}
        yield Scenario(short, words, asks(data), accepts=takes, sent=data, servers=servers)

    def trouble(behaviour: str, words: str, raises: str, then: Sends, *cuts: int) -> Scenario:
        return Scenario(
            behaviour,
            words,
            asks(word(8), raises),
            servers={ADDRESS: echo(*cuts, then=then)},
            after=patient(5),
        )

    for cuts in ((3,), (7,), (2, 4)):
        words = f"The server ends the stream after {' + '.join(map(str, cuts))} of 8 bytes."
        yield trouble(end, words, "EOFError", (END,), *cuts)
    yield trouble(end, "The server ends the stream without any echo.", "EOFError", (END,))
    yield trouble(silence, "The server takes 8 bytes and says nothing.", "TimeoutError", ())
    words = "The server echoes 5 of 8 bytes, and then says nothing more."
    yield trouble(silence, words, "TimeoutError", (), 5)

    data = word(8)
    words = "8 bytes come back in one piece. The connection is closed at the end."
    yield Scenario(close, words, asks(data), servers={ADDRESS: echo(8)}, after=closed)
    words = "The connection is reset after 3 of 8 bytes. It is closed all the same."
    servers = {ADDRESS: echo(3, then=(RESET,))}
    either = (Call((ADDRESS, word(8)), may_raise="Exception"),)
    yield Scenario(close, words, either, servers=servers, after=closed)

    words = "The connection is reset after 3 of 8 bytes."
    yield trouble(errors, words, "ConnectionResetError", (RESET,), 3)
    other = ("127.0.0.1", 50008)
    words = "Nobody listens at this address."
    refused = (Call((other, word(8)), raises="ConnectionRefusedError"),)
    yield Scenario(errors, words, refused, servers={ADDRESS: echo(8)})
    yield play(whole, "There is nothing to send: the echo is whole at once.", b"")
