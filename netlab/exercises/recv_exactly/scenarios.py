"""recv_exactly(sock, n): exactly n bytes, however the stream is cut."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

from netlab.referee.scenario import END, RESET, SOCK, Call, Scenario, Sends

LESSON = 21
NEEDS: tuple[str, ...] = ()  # earlier exercises that are given


def scenarios(seed: str) -> Iterator[Scenario]:
    """About forty scenarios; the bytes depend on the seed, the cuts do not."""
    rng = random.Random(f"recv_exactly {seed}")

    def word(length: int) -> bytes:
        return "".join(rng.choices(string.ascii_lowercase, k=length)).encode()

    def read(data: bytes) -> Call:
        return Call((SOCK, len(data)), returns=data)

    sends: Sends
    whole, pieces, others = "whole messages", "short reads", "what follows stays"
    end, errors = "the end of the stream", "errors pass through"
    data = word(8)
    yield Scenario(whole, "8 bytes arrive in one piece.", (read(data),), (data,), left=b"")
    for cut in range(1, 8):
        data = word(8)
        words = f"8 bytes arrive as {cut} + {8 - cut}."
        yield Scenario(pieces, words, (read(data),), (data[:cut], data[cut:]), left=b"")
    for first in range(1, 4):
        for second in range(1, 5 - first):
            data, cuts = word(5), (first, first + second)
            sends = (data[: cuts[0]], data[cuts[0] : cuts[1]], data[cuts[1] :])
            words = f"5 bytes arrive as {' + '.join(str(len(piece)) for piece in sends)}."
            yield Scenario(pieces, words, (read(data),), sends, left=b"")
    for length in (1, 12, 60):
        data = word(length)
        words = f"{length} byte{'s' * (length > 1)} arrive one at a time."
        yield Scenario(pieces, words, (read(data),), tuple(data[i : i + 1] for i in range(length)))
    data = bytes(6)
    yield Scenario(pieces, "6 zero bytes arrive as 2 + 4.", (read(data),), (data[:2], data[2:]))
    data = "21 °C".encode()
    words = "6 bytes of text, '21 °C', are cut inside the degree sign."
    yield Scenario(pieces, words, (read(data),), (data[:4], data[4:]))
    data = rng.randbytes(1000)
    sends = tuple(data[i : i + 400] for i in range(0, len(data), 400))
    yield Scenario(pieces, "1000 bytes of any value arrive 400 at a time.", (read(data),), sends)

    for split in (0, 3):
        data, rest = word(8), word(8)
        sends = tuple(piece for piece in (data[:split], data[split:] + rest) if piece)
        words = "8 bytes and the next 8 arrive " + (f"as {split} + 13." if split else "together.")
        yield Scenario(others, words, (read(data),), sends, left=rest)
        yield Scenario(others, f"{words} It is called twice.", (read(data), read(rest)), sends)
    yield Scenario(others, "n is 0, and nothing arrives.", (Call((SOCK, 0), returns=b""),))
    data = word(4)
    words = "n is 0, and 4 bytes wait for the next reader."
    yield Scenario(others, words, (Call((SOCK, 0), returns=b""), read(data)), (data,))

    for got in (0, 1, 4, 7):
        data = word(got)
        sends = (data, END) if data else (END,)
        words = f"The stream ends after {got} of 8 bytes."
        error = Call((SOCK, 8), raises="EOFError")
        yield Scenario(end, words, (error,), sends)
    data = word(5)
    words = "5 bytes arrive as 2 + 3, then the stream ends."
    yield Scenario(end, words, (read(data),), (data[:2], data[2:], END))
    data = word(6)
    error = Call((SOCK, 9), raises="EOFError")
    yield Scenario(
        end, "6 of 9 bytes arrive as 2 + 4, then the end.", (error,), (data[:2], data[2:], END)
    )
    for got, n in ((3, 8), (0, 5)):
        data = word(got)
        sends = (data, END) if data else (END,)
        words = f"The stream ends after {got} of {n} bytes. The error says so."
        error = Call((SOCK, n), raises="EOFError", says=(got, n))
        yield Scenario("the error tells how many", words, (error,), sends)

    data = word(3)
    error = Call((SOCK, 8), raises="ConnectionResetError")
    yield Scenario(errors, "The connection is reset after 3 of 8 bytes.", (error,), (data, RESET))
