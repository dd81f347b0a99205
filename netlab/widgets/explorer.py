"""An explorer: controls above one picture, and the picture is a pure function of the controls."""

from __future__ import annotations

import asyncio
import html
import threading
from collections.abc import Mapping
from typing import Any

from ipywidgets import HTML, Layout, VBox, Widget  # type: ignore[import-untyped]

from netlab.background.cells import adopt
from netlab.background.closing import Closing

FRAME = 0.03  # seconds; moves that come faster than this share one picture
_VIEW = "application/vnd.jupyter.widget-view+json"


class Explorer(Closing):
    """Shows `render(state)` and shows it again when a control is moved.

    A subclass gives `controls` (name to widget) and `words` (what there is to see and do, for
    who has no browser) to __init__, and a `render` that needs nothing but the controls' values.
    Closed when its cell is run again, and at the end of a with block.
    """

    def __init__(self, controls: Mapping[str, Widget], words: str) -> None:
        self.controls, self.words = dict(controls), words
        self.picture = HTML(layout=Layout(margin="4px 0 0 0"))
        self._box = VBox(self.arrange())
        self._lock = threading.Lock()
        self._due: set[asyncio.AbstractEventLoop] = set()
        for widget in self.controls.values():
            if widget.has_trait("value"):
                widget.observe(self._moved, "value")
        self.draw()
        adopt(self)

    def arrange(self) -> list[Widget]:
        """What stands below each other: the controls, then the picture."""
        return [*self.controls.values(), self.picture]

    @property
    def state(self) -> dict[str, Any]:
        """The controls' values, by name; a button has none."""
        return {
            name: widget.value
            for name, widget in self.controls.items()
            if widget.has_trait("value")
        }

    def render(self, *args: Any, **state: Any) -> str:
        """The picture as HTML. Pure: it depends on its arguments alone."""
        raise NotImplementedError

    def draw(self) -> None:
        """Show the present state; an error is shown in the picture's place."""
        self.show(lambda: self.render(**self.state))

    def show(self, make: Any) -> None:
        """Put what make() returns into the picture, or the error that it raised."""
        try:
            shown = make()
        except Exception as error:  # a callback's error would otherwise be seen by nobody
            shown = problem(error)
        self.picture.value = shown

    def close(self) -> None:
        """Take the explorer away and end what it started. More than once does no harm."""
        _close(self._box)

    def _stop(self) -> None:
        self.close()

    def _moved(self, change: object) -> None:
        """Draw soon, once for all moves until then: 200 quick moves leave no queue behind."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no kernel around us: a plain program, or a test
            return self.draw()
        with self._lock:
            if loop in self._due:  # by loop: that of the cells may be busy, and a subshell's not
                return
            self._due.add(loop)
        loop.call_later(FRAME, self._frame, loop)

    def _frame(self, loop: asyncio.AbstractEventLoop) -> None:
        with self._lock:
            self._due.discard(loop)
        self.draw()

    def __repr__(self) -> str:
        return self.words

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """The widget for a notebook, and words for everything else."""
        bundle = self._box._repr_mimebundle_(**options) or {}
        return {"text/plain": self.words} | {k: v for k, v in bundle.items() if k == _VIEW}


def _close(widget: Widget) -> None:
    """Close a widget with all that it holds."""
    for part in (*getattr(widget, "children", ()), getattr(widget, "style", None), widget.layout):
        if isinstance(part, Widget) and part is not widget:
            _close(part) if hasattr(part, "layout") else part.close()
    widget.close()


def problem(error: Exception) -> str:
    """An error as a learner can read it: its kind and its sentence."""
    words = html.escape(f"{type(error).__name__}: {error}")
    return f'<div role="alert"><b>This did not work.</b> {words}</div>'
