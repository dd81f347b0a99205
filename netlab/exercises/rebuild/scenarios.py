"""rebuild(first, segments): the stream out of segments as they arrived, up to the first gap."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

from netlab.referee.scenario import Call, Scenario

LESSON = 16
NEEDS: tuple[str, ...] = ()
SPACE = 1 << 32  # sequence numbers (RFC 9293 section 3.4)
Segments = list[tuple[int, bytes]]


def scenarios(seed: str) -> Iterator[Scenario]:
    """About thirty; letters, first numbers and orders depend on the seed."""
    rng = random.Random(f"rebuild {seed}")

    def word(length: int) -> bytes:
        return "".join(rng.choices(string.ascii_lowercase, k=length)).encode()

    def play(
        behaviour: str, words: str, stream: bytes, parts: list[tuple[int, int]],
        *, first: int = -1, shuffle: bool = False, until: int | None = None,
    ) -> Scenario:  # fmt: skip
        """parts are (from, to) in the stream; until is where the first gap begins."""
        first = rng.randrange(1000, 1_000_000) if first < 0 else first
        if shuffle:
            rng.shuffle(parts)
        segments: Segments = [((first + a) % SPACE, stream[a:b]) for a, b in parts]
        whole = stream[: len(stream) if until is None else until]
        return Scenario(behaviour, words, (Call((first, segments), returns=whole),))

    order, shuffled, twice = "in order", "shuffled", "doubled segments"
    gap, overlap, wraps, behind = "a gap", "overlaps", "around 2**32", "old segments"
    stream = word(12)
    thirds = [(0, 4), (4, 8), (8, 12)]
    yield play(order, "Three segments of 4 bytes, in order.", stream, thirds)
    yield play(order, "One segment.", stream, [(0, 12)])
    yield play(order, "Nothing has arrived.", b"", [])
    orders = [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    for numbers in orders:
        words = f"Three segments of 4 bytes, in the order {', '.join(str(n + 1) for n in numbers)}."
        yield play(shuffled, words, word(12), [thirds[n] for n in numbers])
    tens = [(n, n + 10) for n in range(0, 200, 10)]
    yield play(shuffled, "Twenty segments, shuffled.", word(200), tens, shuffle=True)
    words = "The first number is one of five digits, and of six a little later."
    yield play(shuffled, words, word(12), thirds[::-1], first=99_995)
    words = "The second of three segments comes twice."
    yield play(twice, words, word(12), [thirds[0], thirds[1], thirds[1], thirds[2]])
    words = "Twenty segments, each of them twice, shuffled."
    yield play(twice, words, word(200), tens * 2, shuffle=True)
    words = "The segments carry the same four bytes, each at its own place."
    yield play(twice, words, word(4) * 3, list(thirds))
    yield play(gap, "The second of three is missing.", word(12), [thirds[0], thirds[2]], until=4)
    yield play(gap, "The first of three is missing.", word(12), thirds[1:], until=0)
    words = "The segments behind the gap arrive first."
    yield play(gap, words, word(12), [thirds[2], thirds[0]], until=4)
    words = "One byte is missing between two segments."
    yield play(gap, words, word(12), [(0, 5), (6, 12)], until=5)
    yield play(overlap, "The second segment begins inside the first.", word(8), [(0, 5), (3, 8)])
    words = "The second segment begins inside the first, and arrives before it."
    yield play(overlap, words, word(8), [(3, 8), (0, 5)])
    words = "A short segment lies inside a long one."
    yield play(overlap, words, word(8), [(0, 6), (2, 4), (6, 8)])
    words = "A long segment begins where a short one does."
    yield play(overlap, words, word(8), [(0, 3), (0, 8)])
    words = "A long segment, and then a short one that begins where it does."
    yield play(overlap, words, word(8), [(0, 8), (0, 3)])
    cuts = [(a, min(a + rng.randrange(5, 30), 100)) for a in range(0, 100, 4)]
    yield play(
        overlap, "Twenty-five segments that overlap, shuffled.", word(100), cuts, shuffle=True
    )
    words = "The numbers begin anew after the first segment."
    yield play(wraps, words, word(12), list(thirds), first=SPACE - 4)
    words = "The numbers begin anew inside the second segment. The third comes first."
    yield play(wraps, words, word(12), thirds[::-1], first=SPACE - 6)
    words = "The numbers begin anew, and the segment behind that place is missing."
    yield play(wraps, words, word(12), [thirds[0], thirds[2]], first=SPACE - 4, until=4)
    words = "The first number is 0."
    yield play(wraps, words, word(12), thirds[::-1], first=0)

    def late(words: str, first: int, back: int, length: int) -> Scenario:
        """A segment that begins `back` bytes before the first number."""
        new = word(8)
        old = (word(back) + new)[:length]
        segments = [((first - back) % SPACE, old), (first, new)]
        return Scenario(behind, words, (Call((first, segments), returns=new),))

    words = "A segment from before the first number comes late: it has all been read long ago."
    yield late(words, rng.randrange(1000, 9000), 6, 6)
    words = "A segment begins before the first number, and ends behind it."
    yield late(words, rng.randrange(1000, 9000), 3, 7)
    words = "An old segment from before the numbers began anew. The first number is 2."
    yield late(words, 2, 5, 8)
