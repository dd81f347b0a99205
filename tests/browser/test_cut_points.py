"""The cut-point explorer in JupyterLab: it answers at once, leaves no queue, and goes away."""

import time
from itertools import cycle, islice

import lab_page
import lab_server
import pytest

from tests.browser import moves
from tests.tools import need

pytestmark = pytest.mark.browser

READERS = """
from netlab import CutPointExplorer
from netlab.exercises.cuts.readers import read_line, read_until_short
"""
EXPLORER = """
explorer = CutPointExplorer({read_until_short: b"lamp=on\\n", read_line: [b"on\\n", b"off\\n"]})
explorer
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    need(*lab_page.CHROMIUM)
    folder = tmp_path_factory.mktemp("cuts")
    moves.notebook(folder / "cuts.ipynb", READERS, EXPLORER)
    with lab_server.lab(folder) as url, lab_page.browser_page() as page:
        lab_page.open_notebook(page, url, "cuts.ipynb")
        lab_page.run_all(page)
        moves.watch(page)
        yield page


def shown(page):
    return page.inner_text(".widget-html-content [role=status]")


def test_keyboard_alone(page):
    page.locator(".noUi-handle").first.focus()
    took = [moves.seconds(page, lambda: page.keyboard.press("ArrowRight")) for _ in range(3)]
    assert max(took) < 0.5
    assert shown(page) == "Pieces of 3, 5 bytes: 1 of 2 readers fails."
    page.keyboard.press("Tab")  # the number, which can be typed over
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className").startswith("noUi-handle")
    print(f"key to picture: {max(took):.3f} s at most")


def test_mouse(page):
    track = page.locator(".noUi-target").first.bounding_box()
    middle = track["y"] + track["height"] / 2
    for share in (0.5, 0.0):
        at = track["x"] + share * track["width"] + (1 if share == 0 else 0)
        assert moves.seconds(page, lambda at=at: page.mouse.click(at, middle)) < 0.5
        page.wait_for_selector(".noUi-state-tap", state="detached")  # until then deaf to clicks
    assert shown(page).startswith("No cut")


def test_two_hundred_quick_moves(page):
    page.locator(".noUi-handle").first.focus()
    page.evaluate("() => { window.netlabSeen.changes.length = 0; }")
    for key in islice(cycle(["ArrowRight"] * 4 + ["ArrowLeft"] * 4), 202):
        page.keyboard.press(key)
    end = time.perf_counter()
    page.wait_for_function(
        "() => document.querySelector('.widget-html-content [role=status]').innerText"
        ".startsWith('Pieces of 2, 6')"
    )
    settled = time.perf_counter() - end
    changes = page.evaluate("() => window.netlabSeen.changes.length")
    assert settled < 0.5
    assert moves.still_changes(page) == 0
    assert changes <= 202
    start = time.perf_counter()
    assert moves.ask(page, "print(6 * 7)") == "42"
    assert time.perf_counter() - start < 2
    print(f"202 moves: {changes} pictures, the last after {settled:.3f} s")


def test_nothing_is_left(page):
    moves.ask(page, "explorer.close()")
    before = moves.ask(page, moves.LEFT)
    for _ in range(5):
        moves.ask(page, EXPLORER)
        assert moves.ask(page, moves.LEFT) != before
        moves.ask(page, "explorer.close()")
    assert moves.ask(page, moves.LEFT) == before
    print(f"widgets, threads, descriptors: {before}")
