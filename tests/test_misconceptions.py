"""docs/misconceptions.md says what the exercises and lessons say, and its catalogue is whole."""

import re

import misconceptions
import pytest
from lessons import ROOT

from netlab.exercises.bank import NAMES, find

SAYS = (ROOT / "docs/misconceptions.md").read_text("utf-8")


@pytest.fixture(scope="module")
def found():
    return misconceptions.beliefs()


def test_the_page_is_up_to_date(capsys):
    assert misconceptions.main(["--check"]) == 0, capsys.readouterr().out


def test_a_stale_page_is_said(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(misconceptions, "PAGE", tmp_path / "misconceptions.md")
    assert misconceptions.main(["--check"]) == 1
    assert "run python tools/misconceptions.py" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_every_belief_is_there_once(found):
    assert [belief.number for belief in found] == [f"M{n:02}" for n in range(1, 59)]


def test_each_is_shown_or_planned(found):
    """A lesson that is promised must not be there already, unless it has more to show."""
    for belief in found:
        assert belief.shown or belief.planned, belief.number
        assert belief.sentence.endswith("."), belief.number


def test_every_wrong_program_is_on_the_page():
    programs = sum(len(find(name).wrong) for name in NAMES)
    assert len(re.findall(r"^- `\w+`, ", SAYS, re.MULTILINE)) == programs


@pytest.mark.parametrize("entry", ["21 no-such-cell", "99 far-ask"])
def test_an_experiment_that_is_gone_is_said(entry):
    with pytest.raises(misconceptions.Wrong, match=f"came {entry}"):
        misconceptions._link(*entry.split())


def test_a_belief_that_is_not_in_the_catalogue_is_said(monkeypatch, capsys):
    monkeypatch.setattr(misconceptions, "_told", lambda: {"M99": [("f", "program", "Words.")]})
    assert misconceptions.main(["--check"]) == 1
    assert "expected M99" in capsys.readouterr().out
