"""cuts: for four readers, the shortest stream that defeats each, and how it is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from netlab.exercises.cuts.readers import READERS, SHORTEST, messages, what_it_does
from netlab.referee.gap import brief
from netlab.referee.scenario import Scenario

LESSON = 21
NEEDS: tuple[str, ...] = ()
FORM = 'expected under {} a list of pieces of bytes, such as [b"ab", b"c"]'


def scenarios(seed: str) -> Iterator[Scenario]:
    """Two for each reader: it is defeated, and no shorter stream does it. No seed matters."""
    for reader in READERS:
        behaviour = f"reader {reader}"
        words = f"Reader {reader} meets your pieces, one for each recv."
        yield Scenario(behaviour, words, looks=_defeats(reader))
        words = f"No shorter stream defeats reader {reader}."
        yield Scenario(behaviour, words, looks=_is_shortest(reader))


def _defeats(reader: int) -> Callable[[Any], str]:
    def look(cuts: Any) -> str:
        pieces = _pieces(cuts, reader)
        if pieces is None:
            return _form(cuts, reader)
        wanted = messages(reader, b"".join(pieces))
        if not wanted:
            return f"these are no whole messages for reader {reader}\nyour pieces: {pieces}"
        did = what_it_does(reader, pieces, len(wanted))
        if did != [repr(message) for message in wanted]:
            return ""
        came = ", then ".join(did)
        what = f"{_count(wanted, 'message')} in {_count(pieces, 'piece')}"
        first = f"reader {reader} is not defeated by {what}"
        return f"{first}\nyour pieces: {pieces}\nit returned: {came}"

    return look


def _is_shortest(reader: int) -> Callable[[Any], str]:
    def look(cuts: Any) -> str:
        pieces = _pieces(cuts, reader)
        if pieces is None:
            return _form(cuts, reader)
        if _defeats(reader)(cuts):
            return f"reader {reader} is not defeated"
        length = len(b"".join(pieces))
        if length <= SHORTEST[reader]:
            return ""
        yours = _count(pieces, "piece")
        first = f"reader {reader} is defeated by your {yours}, and by a shorter stream, too"
        return f"{first}\nyour stream has {length} bytes: {pieces}"

    return look


def _form(cuts: Any, reader: int) -> str:
    """What the form is, and what came instead: a str for bytes, no list, nothing at all."""
    if not isinstance(cuts, dict):
        return f"{FORM.format(reader)}, in a dict\ncame     {brief(cuts)}"
    return f"{FORM.format(reader)}\ncame     {brief(cuts[reader]) if reader in cuts else 'nothing'}"


def _count(items: list[bytes], word: str) -> str:
    return f"{len(items)} {word}{'s' * (len(items) != 1)}"


def _pieces(cuts: Any, reader: int) -> list[bytes] | None:
    pieces = cuts.get(reader) if isinstance(cuts, dict) else None
    if not isinstance(pieces, list | tuple) or not pieces or len(pieces) > 1000:
        return None
    return list(pieces) if all(isinstance(p, bytes) and p for p in pieces) else None
