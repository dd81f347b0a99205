"""The report as HTML: the words of the text, and nothing that a narrow or dark window hides."""

from __future__ import annotations

import html
import re

import pytest

from netlab.exercises.bank import NAMES, find
from netlab.exercises.check import judged
from netlab.referee.ladder import ladder
from netlab.referee.peer import Event


@pytest.mark.parametrize("name", NAMES)
def test_it_has_the_words_of_the_text(name: str) -> None:
    """Each word of the text, bytes and arrows apart, is in the HTML."""
    exercise = find(name)
    report = judged(exercise, next(iter(exercise.wrong.values())))
    shown = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", report._repr_html_())).split())
    for line in [*report.head.splitlines(), *report.gap, *report.advice]:
        assert " ".join(line.replace("`", " ").split()) in shown


def test_what_a_learner_writes_stays_text() -> None:
    page = ladder(False, "<b>f</b>", ["<i>", Event("recv(<u>)", b"<s>")], ["<p>"], ["`<a>`"])
    assert not re.search(r"<[isua]>|<p>", page) and "<code>&lt;a&gt;</code>" in page


def test_only_the_verdict_has_a_colour() -> None:
    page = ladder(True, "f", [Event("recv(1)", b"a")], ["gap"], ["advice"])
    assert re.findall(r"seagreen|crimson|[ :;]#[0-9a-f]{3,6}\b|color:", page) == ["seagreen"]


def test_a_long_call_may_be_broken_and_a_short_one_not() -> None:
    def left(call: str) -> str:
        return ladder(False, "f", [Event(call)], [], []).split("<td", 2)[1]

    assert "nowrap" in left("recv_into(8192)")
    assert "overflow-wrap" in left("connect(('127.0.0.1', 50007))")
