"""predict(): a box for a prediction, shown again beside what really happened."""

from __future__ import annotations

import html
import sys
from collections.abc import Sequence
from typing import Any

from ipywidgets import (  # type: ignore[import-untyped]
    Button,
    HBox,
    Layout,
    Text,
    ToggleButtons,
    Widget,
)

from netlab.widgets.answers import AS_THOUGHT, OTHERWISE, answer, keep, lesson
from netlab.widgets.explorer import Explorer

MARKS = (AS_THOUGHT, OTHERWISE)
WIDE = {"description_width": "initial"}


def predict(label: str, choices: Sequence[str] = ()) -> Prediction:
    """A box for what you expect of the next cell: label begins the sentence, you end it.

    choices: what there is to choose from, in place of a text. For your own eyes: kept in work/,
    never sent, never graded. When the next cell has run, the box shows your words again.
    """
    return Prediction(label, choices)


class Prediction(Explorer):
    """Asks until the next cell has run; then shows what was written, and lets it be marked."""

    def __init__(self, label: str, choices: Sequence[str] = ()) -> None:
        self._name, self._ran, self._own_cell = f"{lesson()}: {label}", False, True
        self._answer = was = answer(self._name)
        self._buttons = [Button(description=mark, layout=Layout(width="auto")) for mark in MARKS]
        more = {"style": WIDE, "layout": Layout(width="98%", max_width="720px")}
        about = {"description": f"{label} …"} | more
        if choices:
            chosen = was.words if was.words in choices else None
            # no drop-down: JupyterLab takes its letters and arrows for commands to the notebook
            self._words = ToggleButtons(options=list(choices), value=chosen, **about)
        else:
            hint = "your prediction, then Enter"
            self._words = Text(was.words, placeholder=hint, continuous_update=False, **about)
            self._words.on_msg(self._entered)
        self._words.observe(self._written, "value")
        # for the mouse, and for the focus after Enter; Tab passes it by
        self._keep = Button(description="Keep", tabbable=False, layout=Layout(width="auto"))
        for button in self._buttons:
            button.on_click(self._marked)
        controls = {"words": self._words} | dict(zip(MARKS, self._buttons, strict=True))
        super().__init__(controls, f"{label} … (No box here? Write your prediction down.)")
        if shell := _shell():
            shell.events.register("post_run_cell", self._cell_ran)

    def arrange(self) -> list[Widget]:
        row = Layout(align_items="center", flex_flow="row wrap", min_height="36px")
        return [self._words, HBox([self._keep, self.picture, *self._buttons], layout=row)]

    @property
    def state(self) -> dict[str, Any]:
        """The answer as it is kept, and whether the next cell has run."""
        its = self._answer
        return {"words": its.words, "mark": its.mark, "safe": its.safe, "ran": self._ran}

    def render(self, words: str, mark: str, safe: bool, ran: bool) -> str:
        """The sentence below the box."""
        if ran and words:
            said = f"You predicted: “<b>{html.escape(words)}</b>”. "
            said += f"You marked it: {mark}." if mark else "Compare it with the output below."
        elif ran:
            said = "Nothing was written down, so nothing is kept. The output is below."
        elif words:
            said = f"Kept{'' if safe else ' until the kernel ends'}. Now run the next cell."
        else:
            where = "in your folder work/" if safe else "until the kernel ends"
            said = f"For your own eyes: kept {where}, never sent, never graded."
        return f'<div role="status" aria-live="polite" style="line-height:1.4">{said}</div>'

    def draw(self) -> None:
        """Marks can be given once there is something to compare."""
        super().draw()
        seen = self._ran and bool(self._answer.words)
        self._words.disabled = seen
        self._keep.layout.display = "none" if self._ran else None
        for button in self._buttons:
            button.layout.visibility = "visible" if seen else "hidden"

    def close(self) -> None:
        self._wait_no_more()
        super().close()

    def _entered(self, widget: object, content: Any, buffers: object) -> None:
        """After Enter, on to a button: there the notebook's own keys work; in a text box not."""
        if content.get("event") == "submit":
            self._keep.focus()

    def _written(self, change: Any) -> None:
        self._answer = keep(self._name, (change["new"] or "").strip())

    def _marked(self, button: Any) -> None:
        self._answer = keep(self._name, self._answer.words, button.description)
        self.draw()

    def _cell_ran(self, result: Any) -> None:
        """After a cell of the notebook: the first is our own, the second is the experiment."""
        if not result.info.store_history:  # a program looks around beside the cells
            return
        if self._own_cell:
            self._own_cell = False
            return
        self._wait_no_more()
        self._ran = True
        self.draw()

    def _wait_no_more(self) -> None:
        shell = _shell()
        if shell and self._cell_ran in shell.events.callbacks["post_run_cell"]:
            shell.events.unregister("post_run_cell", self._cell_ran)


def _shell() -> Any:
    """IPython, if a notebook runs us."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None
