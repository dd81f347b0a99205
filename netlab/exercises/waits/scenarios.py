"""waits: in five recorded ladders, which side's packet ends the wait, and why it came so late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from netlab.referee.gap import brief
from netlab.referee.scenario import Scenario

LESSON = 24
NEEDS: tuple[str, ...] = ()
ANSWERS = {  # of recordings/who-waits.json, which tools/who_waits.py makes
    "A": ("client", "timer"),
    "B": ("server", "program"),
    "C": ("server", "timer"),
    "D": ("client", "loss"),
    "E": ("nobody", "distance"),
}
SIDES, CAUSES = ("client", "server", "nobody"), ("timer", "program", "loss", "distance")
FORM = 'expected a pair under "{}", such as ("client", "program")'


def scenarios(seed: str) -> Iterator[Scenario]:
    """One for each ladder. No seed matters."""
    for letter in ANSWERS:
        words = f"Ladder {letter}: whose packet ends the wait, and what had that side waited for?"
        yield Scenario(f"ladder {letter}", words, looks=_is_right(letter))


def _is_right(letter: str) -> Callable[[Any], str]:
    def look(answer: Any) -> str:
        pair: Any = answer.get(letter) if isinstance(answer, dict) else None
        form = FORM.format(letter)
        if type(pair) not in (tuple, list) or len(pair) != 2:
            return f"{form}\ncame     {brief(answer) if pair is None else brief(pair)}"
        side, cause = pair
        for word, known in ((side, SIDES), (cause, CAUSES)):
            if word not in known:
                return f"{form}\ncame     {brief(word)}, which is none of {', '.join(known)}"
        if (side, cause) == ANSWERS[letter]:
            return ""
        right = [
            name
            for name, a, b in zip(("side", "cause"), pair, ANSWERS[letter], strict=True)
            if a == b
        ]
        said = f"the {right[0]} is right, the other word is not" if right else "neither is right"
        return f"ladder {letter} is not {tuple(pair)}\n{said}"

    return look
