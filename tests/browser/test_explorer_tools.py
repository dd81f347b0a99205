"""The tools see what is there: a picture that changes, its time, its leaks, its faults."""

import pytest

from tests.browser.explorer_tools import ask, held

pytestmark = pytest.mark.browser

TWICE = """\
from ipywidgets import IntSlider
from netlab.widgets.explorer import Explorer

class Twice(Explorer):
    def __init__(self):
        self.drawn = 0
        super().__init__({"n": IntSlider(1, 0, 500, description="number")}, "Twice a number")

    def render(self, n):
        self.drawn += 1
        if n == 400:
            raise ValueError("expected less than 400; came 400")
        return f"<svg role='img' aria-label='twice {n}' width='9' height='9'></svg> is {2 * n}."
"""


def test_a_key_changes_the_picture_at_once(explore):
    shown = explore(TWICE, "twice = Twice()\ntwice")
    height, scrolled = shown.height(), shown.scrolled()
    assert "twice 1" in shown.words() and "is 2." in shown.words()
    assert shown.time(lambda: shown.press("number", "ArrowRight")) < 0.5
    assert "twice 2" in shown.words()
    assert (shown.height(), shown.scrolled()) == (height, scrolled)
    assert shown.faults() == []


def test_200_quick_moves_leave_nothing_to_wait_for(explore):
    shown = explore(TWICE, "twice = Twice()\ntwice")
    shown.watch(lambda: shown.press("number", *["ArrowRight"] * 200))
    shown.until("is 402.")
    drawn = int(ask(shown.page, "twice.drawn"))
    assert drawn <= 201
    assert ask(shown.page, "6 * 7") == "42"


def test_an_error_is_shown_in_the_picture(explore):
    shown = explore(TWICE, "twice = Twice()\ntwice")
    ask(shown.page, "twice.controls['n'].value = 400")
    shown.until("expected less than 400")


def test_nothing_is_held_after_closing(explore):
    shown = explore(TWICE, "0", "Twice()")
    page = shown.page
    ask(page, "twice = Twice(); twice.close()")
    before = held(page)
    ask(page, "for _ in range(20): twice = Twice(); twice.close()")
    assert held(page) == before


def test_faults_are_found(explore):
    shown = explore(
        'from ipywidgets import HTML\nHTML(\'<img src="x.png"><input style="color:#eee">\')'
    )
    assert {fault.split("(")[1].split(")")[0] for fault in shown.faults()} >= {
        "image-alt",
        "label",
    }
