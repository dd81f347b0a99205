"""equal_checksums: two messages that an order's checksum cannot tell from the order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from netlab.exercises.sums import word_sum
from netlab.referee.gap import show
from netlab.referee.scenario import Scenario

LESSON = 11
NEEDS: tuple[str, ...] = ()
ORDER = b"Pay Ann 10, Bob 99"
FORM = 'expected bytes under the keys "rich" and "letters"'


def scenarios(seed: str) -> Iterator[Scenario]:
    """Four; no seed matters: any messages with these properties will do."""
    swapped, changed = "Ann is rich", "other letters"
    words = 'The message under "rich" has the checksum of b"Pay Ann 10, Bob 99".'
    yield Scenario(swapped, words, looks=_same_sum("rich"))
    yield Scenario(swapped, 'Under "rich", Ann gets more than Bob.', looks=_is_rich)
    words = 'The message under "letters" has the checksum of b"Pay Ann 10, Bob 99".'
    yield Scenario(changed, words, looks=_same_sum("letters"))
    words = 'Under "letters", words of the sum have changed, and not only their places.'
    yield Scenario(changed, words, looks=_has_other_words)


def _same_sum(key: str) -> Callable[[Any], str]:
    def look(answer: Any) -> str:
        message = answer.get(key) if isinstance(answer, dict) else None
        if not isinstance(message, bytes):
            return f'{FORM}\nunder "{key}" stands {show(message)}'
        if complaint := _difference(message):
            return f"{complaint}\n{_row('order', ORDER)}\n{_row('yours', message)}"
        return ""

    return look


def _difference(message: bytes) -> str:
    if message == ORDER:
        return "this is the order itself"
    if len(message) != len(ORDER):
        more = "longer" if len(message) > len(ORDER) else "shorter"
        return f"it is {more} than the order, and TCP's sum covers the length, too"
    if word_sum(message) == word_sum(ORDER):
        return ""
    if sum(message) == sum(ORDER):
        return "single bytes add up to the same, but words of two bytes do not"
    return "it adds up to another sum"


def _row(name: str, data: bytes) -> str:
    return f"{name}  {data[:24].hex(' ', -2)}  sum 0x{word_sum(data):04x}"


def _is_rich(answer: Any) -> str:
    if _same_sum("rich")(answer):
        return "it has not the order's checksum"
    message = answer["rich"]
    found = [re.search(name + rb" (\d+)", message) for name in (b"Ann", b"Bob")]
    if found[0] is None or found[1] is None:
        return f'no amounts behind "Ann" and "Bob" in it\nyours  {show(message)}'
    ann, bob = (int(match[1]) for match in found if match)
    return "" if ann > bob else f"Ann is no richer than Bob\nyours  {show(message)}"


def _has_other_words(answer: Any) -> str:
    if _same_sum("letters")(answer):
        return "it has not the order's checksum"
    message = answer["letters"]
    if sorted(_words(message)) != sorted(_words(ORDER)):
        return ""
    rows = f"{_row('order', ORDER)}\n{_row('yours', message)}"
    return f"these are the order's words, at other places\n{rows}"


def _words(data: bytes) -> list[bytes]:
    return [data[at : at + 2] for at in range(0, len(data), 2)]
