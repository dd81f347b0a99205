"""predict and recall by keyboard alone, in JupyterLab; nothing of axe-core's serious faults."""

import json

import lab_page
import nbformat
import pytest
import refresh

from netlab.kept import MARK
from tests.browser.explorer_tools import Shown, ask, held

pytestmark = pytest.mark.browser

IMPORT = "from netlab import predict, recall"
PREDICT = 'predict("recv(4) returns")'
ACTIVE = f"{lab_page.NOTEBOOK}.content.activeCellIndex"


def keys(page, *pressed):
    for key in pressed:
        page.keyboard.press(key)


def said(shown, words):
    shown.output.get_by_role("status").get_by_text(words).wait_for(timeout=lab_page.LOAD_MS)


def test_by_keyboard_from_question_to_mark(explore, served):
    """Up into the box with one key, Enter, on with Shift+Enter; later up again to the marks."""
    shown = explore(IMPORT, PREDICT, "print('out')", "recall(2)")
    page, (_, folder) = shown.page, served
    (folder / MARK).write_text("{}")
    page.evaluate(f"() => {{ {ACTIVE} = 1; }}")
    page.locator(".jp-Cell").nth(1).focus()
    lab_page.run_next(page)
    box = Shown(page, 1)
    said(box, "never graded")
    height = box.height()
    keys(page, "Shift+Tab")
    page.keyboard.type("four bytes")
    keys(page, "Enter")
    said(box, "Kept. Now run the next cell.")
    page.wait_for_function("() => document.activeElement.textContent === 'Keep'")
    keys(page, "Shift+Enter")  # the box's own cell
    page.wait_for_function(f"() => {ACTIVE} === 2")
    keys(page, "Shift+Enter")  # the experiment
    said(box, "You predicted: “four bytes”. Compare it")
    assert box.height() == height
    assert box.faults() == []
    keys(page, "Shift+Tab", "Enter")
    said(box, "You marked it: not as I thought.")
    kept = json.loads((folder / ".netlab-answers.json").read_text("utf-8"))
    assert kept == {".: recv(4) returns": ["four bytes", "not as I thought"]}

    page.evaluate(f"() => {{ {ACTIVE} = 3; }}")
    page.locator(".jp-Cell").nth(3).focus()
    keys(page, "Control+Enter")
    recall = Shown(page, 3)
    recall.until("They turned out otherwise")
    assert "four bytes" in recall.words()
    recall.control("Answer 1").focus()
    page.keyboard.type("a promise")
    keys(page, "Enter")
    said(recall, "1 of 2 written")
    page.wait_for_function(
        "() => document.activeElement.closest('.widget-text').innerText === 'Answer 2'"
    )
    keys(page, "Shift+Tab", "Shift+Tab", "Enter")  # from the next box back to the mark of the first
    said(recall, "You had 1.")
    assert recall.faults() == []


def test_run_all_does_not_take_the_focus_or_write(explore, served):
    _, folder = served
    shown = explore(IMPORT, "predict('never answered')", "1", "recall(3)")
    assert "nothing is kept" in Shown(shown.page, 1).words()
    assert shown.page.evaluate("document.activeElement.tagName") != "INPUT"
    file = folder / ".netlab-answers.json"
    assert not file.exists() or "never answered" not in file.read_text("utf-8")


def test_run_again_and_again_holds_no_more(explore):
    page = explore(IMPORT, PREDICT, "1", "recall(3)").page
    for _ in range(2):  # the first brings what stays
        lab_page.run_all(page)
        ask(page, "1")
    before = held(page)
    for _ in range(5):
        lab_page.run_all(page)
        page.wait_for_function(lab_page.READY)
    ask(page, "1")
    assert held(page) == before


def test_saved_and_opened_without_a_kernel(explore, served):
    """What refresh saves shows its words where no kernel runs."""
    url, folder = served
    page = explore(IMPORT, PREDICT).page
    nb = lab_page.shown_notebook(page)
    refresh.strip(nb)
    nb.metadata.kernelspec = {"name": "no-such-kernel", "display_name": "none"}
    nbformat.write(nb, folder / "saved.ipynb")
    page.goto(f"{url}lab/workspaces/fresh/tree/saved.ipynb?reset")
    page.get_by_text("No box here? Write your prediction down.").wait_for(timeout=lab_page.LOAD_MS)
