"""The buffer explorer in JupyterLab: it answers at once, leaves no queue, and goes away."""

from itertools import cycle, islice

import lab_page
import lab_server
import pytest

from tests.browser import moves
from tests.tools import need

pytestmark = pytest.mark.browser

IMPORT = "from netlab import BufferExplorer"
EXPLORER = "explorer = BufferExplorer()\nexplorer"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    need(*lab_page.CHROMIUM)
    folder = tmp_path_factory.mktemp("buffer")
    moves.notebook(folder / "buffer.ipynb", IMPORT, EXPLORER)
    with lab_server.lab(folder) as url, lab_page.browser_page() as page:
        lab_page.open_notebook(page, url, "buffer.ipynb")
        lab_page.run_all(page)
        moves.watch(page)
        yield page


def shown(page):
    return page.inner_text(".widget-html-content [role=status]")


def test_keyboard_alone(page):
    page.locator(".noUi-handle").first.focus()
    took = [moves.seconds(page, lambda: page.keyboard.press("ArrowRight")) for _ in range(3)]
    assert max(took) < 0.5
    assert shown(page).startswith("Sent 1500,")
    page.keyboard.press("Tab")  # the number, which can be typed over
    page.keyboard.press("Tab")
    took.append(moves.seconds(page, lambda: page.keyboard.press("ArrowRight")))
    assert took[-1] < 0.5
    print(f"key to picture: {max(took):.3f} s at most")


def test_two_hundred_quick_moves(page):
    page.locator(".noUi-handle").first.focus()
    for key in islice(cycle(["ArrowRight"] * 4 + ["ArrowLeft"] * 4), 200):
        page.keyboard.press(key)
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "() => document.querySelector('.widget-html-content [role=status]').innerText"
        ".startsWith('Sent 1600,')",
        timeout=5000,
    )
    assert moves.still_changes(page) <= 1  # one may be on its way; a queue would bring many
    assert moves.ask(page, "print(6 * 7)") == "42"


def test_nothing_is_left(page):
    moves.ask(page, "explorer.close()")
    before = moves.ask(page, moves.LEFT)
    for _ in range(5):
        moves.ask(page, EXPLORER)
        assert moves.ask(page, moves.LEFT) != before
        moves.ask(page, "explorer.close()")
    assert moves.ask(page, moves.LEFT) == before
    print(f"widgets, threads, children: {before}")
