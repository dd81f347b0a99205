"""predict and recall without a browser: what is kept, what is shown when, what is never saved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ipywidgets.widgets.widget import _instances

from netlab import predict, recall
from netlab.kept import MARK, Kept
from netlab.widgets import answers
from netlab.widgets.predict import Prediction

FILE = ".netlab-answers.json"


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's work/ with us in lesson 21; nothing remembered from elsewhere."""
    (tmp_path / MARK).write_text("{}")
    (tmp_path / "21-byte-stream").mkdir()
    monkeypatch.chdir(tmp_path / "21-byte-stream")
    restart(monkeypatch)
    return tmp_path


def restart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_answers", Kept(FILE))


class Shell:
    """As much of IPython as a prediction listens to."""

    def __init__(self) -> None:
        self.callbacks: dict[str, list[Any]] = {"post_run_cell": []}
        self.events = self

    def register(self, event: str, function: Any) -> None:
        self.callbacks[event].append(function)

    def unregister(self, event: str, function: Any) -> None:
        self.callbacks[event].remove(function)

    def ran(self, store_history: bool = True) -> None:
        """A cell has run."""
        for function in self.callbacks["post_run_cell"][:]:
            function(SimpleNamespace(info=SimpleNamespace(store_history=store_history)))


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    made = Shell()
    monkeypatch.setattr("netlab.widgets.predict._shell", lambda: made)
    yield made
    assert not made.callbacks["post_run_cell"], "somebody still listens"


def seen(box: Prediction) -> list[bool]:
    return [button.layout.visibility == "visible" for button in box._buttons]


def test_a_prediction_comes_back_when_the_next_cell_has_run(work: Path, shell: Shell) -> None:
    box = predict("recv(4) returns")
    shell.ran()  # its own cell
    assert "never graded" in box.picture.value and "work/" in box.picture.value
    box._words.value = " four <bytes> "
    assert "Kept. Now run the next cell." in box.picture.value and seen(box) == [False, False]
    shell.ran(store_history=False)  # a program that looks around is no cell
    assert "Kept" in box.picture.value
    shell.ran()
    assert "You predicted: “<b>four &lt;bytes&gt;</b>”. Compare it" in box.picture.value
    assert seen(box) == [True, True] and box._words.disabled
    box._buttons[1].click()
    assert "You marked it: not as I thought." in box.picture.value
    shell.ran()  # further cells change nothing
    assert "You marked it" in box.picture.value
    kept = json.loads((work / FILE).read_text())
    assert kept == {"21-byte-stream: recv(4) returns": ["four <bytes>", "not as I thought"]}


def test_it_survives_a_restart_and_can_be_changed(
    work: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers.keep("21-byte-stream: recv(4) returns", "four", answers.AS_THOUGHT)
    restart(monkeypatch)
    box = predict("recv(4) returns")
    assert box._words.value == "four" and not box._words.disabled
    box._words.value = "three"
    assert answers.answer("21-byte-stream: recv(4) returns") == answers.Answer("three", "", True)
    box.close()


def test_nothing_written_is_no_reproach(work: Path, shell: Shell) -> None:
    box = predict("recv(4) returns")
    shell.ran()
    shell.ran()
    assert "nothing is kept" in box.picture.value and seen(box) == [False, False]
    assert not (work / FILE).exists()


def test_choices(work: Path, shell: Shell) -> None:
    box = predict("connect will", choices=["wait", "return"])
    assert box._words.options == ("wait", "return") and box._words.value is None
    box._words.value = "wait"
    box.close()
    assert predict("connect will", choices=["wait", "return"])._words.value == "wait"
    changed = predict("connect will", choices=["stay", "go"])  # the lesson has changed
    assert changed._words.value is None
    for function in shell.callbacks["post_run_cell"][:]:
        function.__self__.close()


def test_what_is_stored_never_shows_in_words(work: Path) -> None:
    before = repr(predict("recv(4) returns")), repr(recall(3))
    answers.keep("21-byte-stream: recv(4) returns", "four", answers.OTHERWISE)
    answers.keep("21-byte-stream: question 1", "a promise")
    bundle = predict("recv(4) returns")._repr_mimebundle_()
    assert (repr(predict("recv(4) returns")), repr(recall(3))) == before
    assert bundle["text/plain"] == before[0]
    assert "four" not in json.dumps(bundle)


def test_outside_work_it_is_kept_until_the_kernel_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    restart(monkeypatch)
    box = predict("recv(4) returns")
    assert "until the kernel ends" in box.picture.value
    box._words.value = "four"
    assert "Kept until the kernel ends" in box.picture.value
    assert predict("recv(4) returns")._words.value == "four"
    assert not list(tmp_path.iterdir())


def test_recall_keeps_marks_and_lists_what_was_otherwise(work: Path) -> None:
    answers.keep("21-byte-stream: recv(4) returns", "4 <b>", answers.OTHERWISE)
    answers.keep("21-byte-stream: joined", "three", answers.AS_THOUGHT)
    answers.keep("21-byte: of another lesson", "x", answers.OTHERWISE)
    boxes = recall(2)
    assert (
        "<li>recv(4) returns … <i>you predicted:</i> 4 &lt;b&gt;</li></ul>" in boxes.picture.value
    )
    assert boxes._marks[1].layout.visibility == "hidden"
    boxes._texts[1].value = "at least one byte"
    assert "1 of 2 written. Open the answers below" in boxes.picture.value
    assert [boxes._marks[n].layout.visibility for n in (1, 2)] == ["visible", "hidden"]
    boxes._marks[1].value = answers.HAD_IT
    boxes._texts[2].value = "?"
    boxes._marks[2].value = answers.NOT_YET
    assert "You had 1. Not yet: 2." in boxes.picture.value
    assert [recall(2)._marks[n].value for n in (1, 2)] == [answers.HAD_IT, answers.NOT_YET]
    boxes._texts[2].value = "another answer"
    assert boxes._marks[2].value is None and "Not yet" not in boxes.picture.value


def test_two_lessons_do_not_share_an_answer(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recall(1)._texts[1].value = "of 21"
    (work / "31-http-by-hand").mkdir()
    monkeypatch.chdir(work / "31-http-by-hand")
    assert recall(1)._texts[1].value == ""


@pytest.mark.parametrize(
    "text", ["", "[]", '{"21-byte-stream: q": 7}', '{"21-byte-stream: q": [7, 8]}', "{", "\x00"]
)
def test_a_spoilt_file_costs_only_what_it_held(work: Path, shell: Shell, text: str) -> None:
    (work / FILE).write_text(text)
    box = predict("q")
    assert box._words.value == ""
    box._words.value = "new"
    assert answers.answer("21-byte-stream: q").words == "new"
    box.close()


def test_a_folder_that_cannot_be_written_is_said(
    work: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    box = predict("q")
    box._words.value = "words"
    assert "Kept until the kernel ends" in box.picture.value
    box.close()


def test_closing_leaves_no_widget(work: Path) -> None:
    before = set(_instances)
    for thing in (predict("q"), predict("q", ["a"]), recall(3)):
        thing.close()
        thing.close()
    assert set(_instances) == before
