"""recall(): boxes for the answers at a lesson's end, and a list of what to look at again."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from ipywidgets import (  # type: ignore[import-untyped]
    HBox,
    Layout,
    Text,
    ToggleButtons,
    Widget,
)

from netlab.widgets.answers import HAD_IT, NOT_YET, Answer, answer, keep, lesson, otherwise
from netlab.widgets.explorer import Explorer


def recall(questions: int) -> Recall:
    """A box for each of the questions above; mark yourself when you have opened the answers.

    For your own eyes: kept in work/, never sent, never graded. Below stand those predictions of
    this lesson that turned out otherwise.
    """
    return Recall(questions)


class Recall(Explorer):
    """Boxes for answers; each can be marked once it is written."""

    def __init__(self, questions: int) -> None:
        self._lesson = lesson()
        self._answers = {n: answer(self._name(n)) for n in range(1, questions + 1)}
        self._texts = {n: self._text(n) for n in self._answers}
        self._marks = {n: self._mark(n) for n in self._answers}
        pairs = [(f"{n}", self._texts[n]) for n in self._texts]
        pairs += [(f"mark {n}", self._marks[n]) for n in self._marks]
        words = f"{questions} answers. (No boxes here? Write your answers down.)"
        super().__init__(dict(pairs), words)

    def arrange(self) -> list[Widget]:
        row = Layout(flex_flow="row nowrap", align_items="center", max_width="900px")
        rows = [HBox([self._texts[n], self._marks[n]], layout=row) for n in self._answers]
        return [*rows, self.picture]

    @property
    def state(self) -> dict[str, Any]:
        """The answers as they are kept, and the predictions to look at again."""
        return {"answers": dict(self._answers), "again": otherwise(self._lesson)}

    def render(self, answers: dict[int, Answer], again: Sequence[tuple[str, str]]) -> str:
        """How many are written and marked, and what to look at again."""
        written = sum(bool(its.words) for its in answers.values())
        had = sum(its.mark == HAD_IT for its in answers.values())
        not_yet = [f"{n}" for n, its in answers.items() if its.mark == NOT_YET]
        safe = all(its.safe for its in answers.values())
        where = "in your folder work/" if safe else "until the kernel ends"
        said = f"For your own eyes: kept {where}, never sent, never graded."
        if written:
            said = (
                f"{written} of {len(answers)} written. Open the answers below, and mark yourself."
            )
        if had or not_yet:
            said += f" You had {had}."
        if not_yet:
            said += f" Not yet: {', '.join(not_yet)}."
        items = "".join(
            f"<li>{html.escape(label)} … <i>you predicted:</i> {html.escape(words)}</li>"
            for label, words in again
        )
        rest = f"<p>Look at these again. They turned out otherwise:</p><ul>{items}</ul>"
        status = f'<div role="status" aria-live="polite">{said}</div>'
        return f'<div style="line-height:1.4">{status}{rest if items else ""}</div>'

    def draw(self) -> None:
        """A mark can be given to what is written."""
        super().draw()
        for n, its in self._answers.items():
            self._marks[n].layout.visibility = "visible" if its.words else "hidden"

    def _name(self, n: int) -> str:
        return f"{self._lesson}: question {n}"

    def _text(self, n: int) -> Widget:
        box = Text(
            self._answers[n].words,
            description=f"Answer {n}",
            continuous_update=False,
            style={"description_width": "initial"},
            layout=Layout(flex="1 1 160px", min_width="160px"),
        )
        box.observe(lambda change: self._written(n, change["new"].strip()), "value")
        box.on_msg(lambda _, content, __: self._entered(n, content))
        return box

    def _entered(self, n: int, content: Any) -> None:
        """After Enter, on to the next box."""
        if content.get("event") == "submit" and n + 1 in self._texts:
            self._texts[n + 1].focus()

    def _written(self, n: int, words: str) -> None:
        self._keep(n, words, "")
        self._marks[n].value = None

    def _mark(self, n: int) -> Widget:
        kept = self._answers[n].mark
        box = ToggleButtons(  # no drop-down: see predict
            options=[HAD_IT, NOT_YET],
            value=kept if kept in (HAD_IT, NOT_YET) else None,
            style={"button_width": "auto"},
            layout=Layout(flex="0 0 auto"),
        )
        box.observe(
            lambda change: self._keep(n, self._answers[n].words, change["new"] or ""), "value"
        )
        return box

    def _keep(self, n: int, words: str, mark: str) -> None:
        self._answers[n] = keep(self._name(n), words, mark)
