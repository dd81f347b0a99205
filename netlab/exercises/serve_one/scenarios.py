"""serve_one(listener): the server's side of a connection, from accept to close."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator

from netlab.referee.ends import both, closed, patient
from netlab.referee.net import Net
from netlab.referee.scenario import END, LISTENER, RESET, Call, Scenario, Sends, sizes

LESSON = 20
NEEDS: tuple[str, ...] = ()


def scenarios(seed: str) -> Iterator[Scenario]:
    """About thirty scenarios; the letters depend on the seed, the cuts do not."""
    rng = random.Random(f"serve_one {seed}")

    def word(length: int) -> bytes:
        return "".join(rng.choices(string.ascii_lowercase, k=length)).encode()

    def serves(
        behaviour: str,
        words: str,
        sends: Sends,
        *others: Sends,
        accepts: tuple[int, ...] = (),
        after: Callable[[Net], str] | None = None,
    ) -> Scenario:
        """The answer is the number of bytes; the client ends its stream after its request."""
        count = sum(len(piece) for piece in sends if isinstance(piece, bytes))
        return Scenario(
            behaviour,
            words,
            (Call((LISTENER,)),),
            clients=((*sends, END), *others),
            accepts=accepts,
            sent=b"%d" % count,
            after=after,
        )

    whole, pieces, short = "the count", "requests in pieces", "short writes"
    one, listens = "one client, and only one", "the listener stays open"
    close, silence, errors = "the connection is closed", "silence", "errors pass through"
    yield serves(whole, "A client sends 5 bytes and half-closes.", (word(5),))
    yield serves(whole, "A client half-closes without a byte. The answer is 0.", ())
    text = "21 °C".encode()
    yield serves(whole, "A client sends '21 °C', 6 bytes, and half-closes.", (text,))
    yield serves(whole, "A client sends 1030 bytes and half-closes.", (word(1030),))
    for cut in range(1, 5):
        data = word(5)
        words = f"5 bytes arrive as {cut} + {5 - cut}, and then the end."
        yield serves(pieces, words, (data[:cut], data[cut:]))
    sends: Sends = tuple(word(1) for _ in range(12))
    yield serves(pieces, "12 bytes arrive one at a time, and then the end.", sends)
    sends = (text[:4], text[4:])
    yield serves(pieces, "'21 °C' is cut inside the degree sign.", sends)
    sends = (word(1024), word(76))
    yield serves(pieces, f"1100 bytes arrive {sizes(sends)}, and then the end.", sends)
    for takes in ((1,), (2,), (1, 1)):
        words = f"The answer is 120. A send takes {' + '.join(map(str, takes))} of its 3 bytes."
        yield serves(short, words, (word(120),), accepts=takes)

    second: Sends = (word(6), END)
    words = "Two clients call. The first is served, the second stays in the queue."
    yield serves(one, words, (word(5),), second, after=_one_client)
    words = "Two clients call, and it is called twice. Each gets its own count."
    calls = (Call((LISTENER,)), Call((LISTENER,)))
    yield Scenario(one, words, calls, clients=((word(12), END), second), after=_each("12", "6"))
    words = "A client is served. The listener stays open for the next one."
    yield serves(listens, words, (word(5),), after=_listening)
    words = 'A client is served. Its connection is closed at the end, so that it sees b"".'
    yield serves(close, words, (word(5),), after=closed)
    words = "A client resets its connection after 3 bytes. The socket is closed all the same."
    either = (Call((LISTENER,), may_raise="Exception"),)
    broken = (word(3), RESET)
    yield Scenario(close, words, either, clients=(broken,), after=both(closed, _listening))

    late = (Call((LISTENER,), raises="TimeoutError"),)
    words = "A client connects and says nothing."
    yield Scenario(silence, words, late, clients=((),), sent=b"", after=patient(5))
    words = "A client sends 3 bytes, and then nothing: it does not half-close."
    yield Scenario(silence, words, late, clients=((word(3),),), sent=b"", after=patient(5))
    words = "A client resets its connection after 3 bytes."
    reset = (Call((LISTENER,), raises="ConnectionResetError"),)
    yield Scenario(errors, words, reset, clients=(broken,), sent=b"")


def _one_client(net: Net) -> str:
    if net.accepted == 1:
        return ""
    return f"expected 1 accept\ncame {net.accepted}"


def _listening(net: Net) -> str:
    if not net.listener_closed:
        return ""
    return "expected the listener to stay open\nit was closed: nobody can call any more"


def _each(*answers: str) -> Callable[[Net], str]:
    def look(net: Net) -> str:
        came = [bytes(peer.received).decode("latin-1") for peer in net.connections]
        if came == list(answers):
            return ""
        return f"expected the answers {', '.join(answers)}\ncame {', '.join(came) or 'none'}"

    return look
