"""shout(sock, data): a long talk with a server that cannot read before it has been read."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

from netlab.referee.scenario import SOCK, Buffers, Call, Scenario

LESSON = 16
NEEDS: tuple[str, ...] = ()
SIZE = 4096  # bytes of each of the four buffers


def scenarios(seed: str) -> Iterator[Scenario]:
    """About twenty; the letters depend on the seed, the lengths do not."""
    rng = random.Random(f"shout {seed}")

    def play(
        behaviour: str, words: str, length: int, *, reads: int = 1024, stops: int | None = None
    ) -> Scenario:
        data = "".join(rng.choices(string.ascii_lowercase, k=length)).encode()
        raises = "EOFError" if stops is not None else ""
        call = Call(
            (SOCK, data), returns=data.upper(), raises=raises,
            may_raise="OSError" * (stops is not None),
            text=f"shout(sock, {length} bytes)" if length > 20 else "",
        )  # fmt: skip
        buffers = Buffers(SIZE, reads, bytes.upper, stops)
        sent = data if stops is None else None
        return Scenario(behaviour, words, (call,), sent=sent, left=b"", buffers=buffers)

    short, long, slow = "short messages", "longer than all buffers", "a server of small bites"
    end = "the end of the stream"
    yield play(short, "5 bytes.", 5)
    yield play(short, "No byte at all.", 0)
    yield play(short, "4096 bytes.", 4096)
    yield play(short, "8192 bytes fill two buffers.", 8192)
    yield play(short, "16 384 bytes fill all four buffers, and no more.", 16_384)
    for length in (17_500, 20_000, 30_000, 65_536, 100_000):
        yield play(long, f"{length} bytes: more than four buffers of 4096 hold.", length)
    yield play(slow, "The server reads 500 bytes one at a time.", 500, reads=1)
    yield play(slow, "The server reads at most 100 of 20 000 bytes at a time.", 20_000, reads=100)
    yield play(slow, "The server reads 1000 bytes at a time, of 50 001.", 50_001, reads=1000)
    for stops in (0, 3, 1024):
        words = f"The server ends its stream after {stops} of 2000 bytes."
        yield play(end, words, 2000, stops=stops)
    words = "The server ends its stream after 9000 of 30 000 bytes."
    yield play(end, words, 30_000, stops=9000)
