"""ConnectionExplorer: a button for each socket call, the states of both ends, and their queues."""

from __future__ import annotations

import html
from functools import partial
from typing import Any

from ipywidgets import HTML, Button, HBox, Layout, VBox  # type: ignore[import-untyped]

from netlab.widgets.explorer import Explorer, problem
from netlab.widgets.latest import Latest
from netlab.widgets.svg import GRID, INK, PAPER, SOFT, Plot
from netlab.widgets.two_ends import CALLS, ENDS, OPENING, Ends, View, nothing, two_ends

WIDE, HIGH, BOX = 640, 352, (118, 30)  # pixels: the picture, and a state's box
PLACES = {  # the middle of each state's box, pixels
    "CLOSED": (320, 22),
    "SYN-SENT": (180, 68),
    "SYN-RECEIVED": (460, 68),
    "ESTABLISHED": (320, 114),
    "FIN-WAIT-1": (110, 164),
    "FIN-WAIT-2": (110, 222),
    "CLOSING": (325, 178),
    "TIME-WAIT": (325, 232),
    "CLOSE-WAIT": (540, 164),
    "LAST-ACK": (540, 222),
}
WAYS = (  # from, to, what leads there
    ("CLOSED", "SYN-SENT", "connect"),
    ("CLOSED", "SYN-RECEIVED", "SYN comes"),
    ("SYN-SENT", "ESTABLISHED", ""),
    ("SYN-RECEIVED", "ESTABLISHED", ""),
    ("ESTABLISHED", "FIN-WAIT-1", "close or shutdown"),
    ("ESTABLISHED", "CLOSE-WAIT", "FIN comes"),
    ("FIN-WAIT-1", "FIN-WAIT-2", "ACK comes"),
    ("FIN-WAIT-1", "CLOSING", ""),
    ("CLOSING", "TIME-WAIT", ""),
    ("FIN-WAIT-2", "TIME-WAIT", "FIN comes"),
    ("CLOSE-WAIT", "LAST-ACK", "close or shutdown"),
)
MARK = "var(--jp-brand-color1, #1976d2)"
FULL = 8000  # bytes at the right end of a bar
BARS = (("unread", "unread"), ("unacknowledged", "unacknowledged"))


class ConnectionExplorer(Explorer):
    """Make socket calls in any order: the diagram and the bars show what the kernel makes of them.

    On Linux two sockets of this machine do what the buttons say; elsewhere recorded calls are
    played, and only buttons that go on with a recording can be pressed.
    """

    def __init__(self, ends: Ends | None = None) -> None:
        self.ends = ends or two_ends()
        self.view, self.busy = nothing(), False
        buttons = {call: _button(call) for call in (*CALLS, "start again")}
        for call, button in buttons.items():
            button.on_click(partial(self._pressed, call))
        super().__init__(
            buttons,
            "Connection explorer: a button for each socket call, the states of both ends "
            "(RFC 9293), and the bytes that wait in their queues.",
        )
        self._rows = [HBox([buttons[call] for call in OPENING] + [buttons["start again"]])]
        for end in ENDS:
            label = HTML(end, layout=Layout(width="52px"))
            calls = [buttons[call] for call in CALLS if call.startswith(end)]
            self._rows.append(HBox([label, *calls]))
        for row in self._rows:
            row.layout.flex_flow = "row wrap"
        self._box.children = (VBox(self._rows), self.picture)
        self._latest = Latest(self._work)
        self._offer()

    def render(self, **state: Any) -> str:
        """The last call and what came of it, the diagram, and a bar for each queue."""
        return picture(self.view, self.ends.vehicle)

    def close(self) -> None:
        """Close the sockets, too."""
        if hasattr(self, "_latest"):
            self._latest.close()
        self.ends.close()
        super().close()

    _stop = close

    def _pressed(self, call: str, button: object) -> None:
        if not self.busy:  # no call overtakes another
            self.busy = True
            self._latest.ask(call)

    def _work(self, call: str) -> None:
        try:
            if call == "start again":
                self.ends.close()
                self.ends, self.view = type(self.ends)(), nothing()
            else:
                self.view = self.ends.do(call)
            self._offer()
            self.draw()
        except Exception as error:  # this thread would end, and nobody would see why
            self.picture.value = problem(error)
        finally:
            self.busy = False

    def _offer(self) -> None:
        """Only what can be called now."""
        possible = self.ends.possible()
        for call, button in self.controls.items():
            button.disabled = call not in (*possible, "start again")


def picture(view: View, vehicle: str) -> str:
    """A view as HTML; the same view always gives the same picture."""
    plot = Plot((0, WIDE), (0, HIGH), WIDE, HIGH, 0, 0, 0, 0)
    states = {end: view[end].get("state", "CLOSED") for end in ENDS}
    for source, target, label in WAYS:
        _way(plot, source, target, label)
    for state in PLACES:
        _state(plot, state, [end for end in ENDS if states[end] == state])
    for row, end in enumerate(ENDS):
        _queues(plot, 286 + 34 * row, end, view[end])
    words = " ".join(_words(end, view[end], view["listens"]) for end in ENDS)
    drawing = plot.svg(f"State diagram of TCP. {words}")
    return (
        f'<div style="line-height:1.4;color:{INK}">'
        f'<div role="status" aria-live="polite" style="height:4.3em;overflow-y:auto">'
        f"<b>{html.escape(view['said'])}</b> {html.escape(words)}</div>{drawing}"
        f'<div style="color:{SOFT}">{html.escape(vehicle)}. '
        "CLOSED: the kernel has no such connection.</div></div>"
    )


def _words(end: str, known: View, listens: bool) -> str:
    """One end in a sentence."""
    if not known:
        return "The server listens." if end == "server" and listens else f"The {end} is CLOSED."
    who = "" if known["held"] else ", held by the kernel alone"
    waits = [f"{known[key]} bytes {words}" for key, words in BARS if known[key]]
    waits += ["the end unread"] * known["end_unread"]
    return f"The {end} is {known['state']}{who}" + "".join(f", {wait}" for wait in waits) + "."


def _state(plot: Plot, state: str, here: list[str]) -> None:
    x, y = PLACES[state]
    wide, high = BOX
    edge = f'stroke="{MARK if here else GRID}" stroke-width="{3 if here else 1}" rx="5"'
    plot.bar(x - wide / 2, y - high / 2, wide, high, PAPER, edge)
    name_at = y - 1 if here else y + 4
    plot.text(x, name_at, state, anchor="middle", colour=INK if here else SOFT)
    if here:
        plot.text(x, y + 11, " and ".join(here), anchor="middle", colour=MARK)


def _way(plot: Plot, source: str, target: str, label: str) -> None:
    (x1, y1), (x2, y2) = PLACES[source], PLACES[target]
    plot.line(x1, y1, x2, y2, GRID)
    if label:
        x, y, wide = (x1 + x2) / 2, (y1 + y2) / 2, 6.2 * len(label)
        plot.bar(x - wide / 2, y - 8, wide, 16, PAPER)  # the way does not cross its name
        plot.text(x, y + 4, label, anchor="middle")


def _queues(plot: Plot, y: float, end: str, known: View) -> None:
    """Two bars of one end, with their numbers."""
    plot.text(0, y + 11, end, colour=INK)
    for at, (key, words) in zip((70, 360), BARS, strict=True):
        size = known.get(key, 0)
        plot.bar(at, y, 270, 14, "none", f'stroke="{GRID}"')
        plot.bar(at, y, 270 * min(size / FULL, 1), 14, MARK, 'fill-opacity="0.75"')
        plot.text(at, y + 27, f"{size} bytes {words}")


def _button(call: str) -> Any:
    end, _, name = call.rpartition(": ")
    words = {"send": "send 1500 bytes", "recv": "recv", "shutdown": "shutdown(SHUT_WR)"}
    wide = {"send": "150px", "shutdown": "180px"}.get(name, "100px")
    return Button(
        description=words.get(name, name),
        tooltip=f"{end or 'both'}: {name}",
        layout=Layout(width=wide),
    )
