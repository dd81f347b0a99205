"""LineReader(sock): lines out of a stream, and nothing lost between them."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

from netlab.referee.scenario import END, RESET, SOCK, Call, Scenario, every_cut, sizes

LESSON = 21
NEEDS: tuple[str, ...] = ()
LIMIT = 1000  # bytes in a line, without its end


def scenarios(seed: str) -> Iterator[Scenario]:
    """About fifty scenarios; the letters depend on the seed, the cuts do not."""
    rng = random.Random(f"LineReader {seed}")

    def word(length: int) -> bytes:
        return "".join(rng.choices(string.ascii_lowercase, k=length)).encode()

    def lines(*expected: bytes) -> tuple[Call, ...]:
        return new, *(Call(method="readline", returns=line) for line in expected)

    new = Call((SOCK,))
    at_end = Call(method="readline", raises="EOFError")
    refused = Call(method="readline", raises="ValueError")
    whole, pieces, rest = "whole lines", "lines in pieces", "what follows is kept"
    end, limit, errors = "the end of the stream", "the limit", "errors pass through"

    line = word(7)
    yield Scenario(whole, "One line arrives in one piece.", lines(line), (line + b"\n",))
    yield Scenario(whole, "One empty line arrives.", lines(b""), (b"\n",))
    line = b" " + word(3) + b" \r"
    words = "A line begins and ends with a space, and has a carriage return before its end."
    yield Scenario(whole, words, lines(line), (line + b"\n",))
    a, b = word(2), word(2)
    for sends in every_cut(a + b"\n" + b + b"\n"):
        words = f"Two lines of 2 letters, 6 bytes in all, arrive {sizes(sends)}."
        yield Scenario(pieces, words, lines(a, b), sends)
    text = "21 °C\n".encode()
    words = "The line '21 °C' is cut inside the degree sign."
    yield Scenario(pieces, words, lines(text[:-1]), (text[:4], text[4:]))
    values = bytes(value for value in range(256) if value != 10)
    yield Scenario(pieces, "A line holds every byte but its end.", lines(values), (values + b"\n",))

    a, b, c = word(3), word(4), word(5)
    three = a + b"\n" + b + b"\n" + c + b"\n"
    yield Scenario(rest, "Three lines arrive in one piece.", lines(a, b, c), (three,))
    words = "Three empty lines arrive in one piece."
    yield Scenario(rest, words, lines(b"", b"", b""), (b"\n\n\n",))
    words = "A line and half of the next arrive; the other half never comes. One line is read."
    yield Scenario(rest, words, lines(a), (a + b"\n" + b,))
    words = "A line and half of the next arrive, then the other half and one more line."
    yield Scenario(rest, words, lines(a, b, c), (three[:6], three[6:]))
    many = [word(25) for _ in range(42)]
    words = "42 lines of 25 letters arrive in one piece. No line is too long."
    yield Scenario(rest, words, lines(*many), (b"\n".join(many) + b"\n",))

    yield Scenario(end, "The stream ends before any line.", (new, at_end), (END,))
    words = "The stream ends after one line. Asked twice more, it says so twice."
    yield Scenario(end, words, (*lines(a), at_end, at_end), (a + b"\n", END))
    words = "The stream ends after an empty line, which is a line."
    yield Scenario(end, words, (*lines(b""), at_end), (b"\n", END))
    words = "The stream ends in the middle of a line. Half a line is no line."
    yield Scenario(end, words, (new, at_end), (a, END))
    yield Scenario(
        end, "A line, then half a line, then the end.", (*lines(a), at_end), (three[:6], END)
    )

    longest = word(LIMIT)
    words = "A line of 1000 bytes arrives; its end and one more line come in a second piece."
    yield Scenario(limit, words, lines(longest, a), (longest, b"\n" + a + b"\n"))
    words = "A line of 1001 bytes arrives together with its end."
    yield Scenario(limit, words, (new, refused), (longest + b"x\n",))
    words = "1001 bytes arrive without a line's end, and then nothing."
    yield Scenario(limit, words, (new, refused), (longest + b"x",))

    reset = Call(method="readline", raises="ConnectionResetError")
    words = "The connection is reset in the middle of a line."
    yield Scenario(errors, words, (new, reset), (a, RESET))
