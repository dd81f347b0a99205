"""The page-load explorer in JupyterLab: keys change it at once; nothing waits for the network."""

import os
import time

import pytest

from tests.browser.explorer_tools import ask, held
from tests.network.tools import live
from tests.widgets.test_page_sources import SHIPPED

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("NETLAB_SHOTS")
SOURCE = f"""\
import os
os.environ["NETLAB_NO_NETWORK"] = "{{}}"
from netlab import PageLoadExplorer
explorer = PageLoadExplorer(recording={str(SHIPPED)!r})
explorer"""


@pytest.fixture(params=[pytest.param("", marks=live), "1"], ids=["live", "played"])
def shown(request, explore):
    shown = explore(SOURCE.format(request.param))
    shown.until("Measured:")
    return shown


def measured(shown, wish):
    """Wait for the measurement of this wish; seconds that it took in the browser's eyes."""
    shown.until(wish)
    began = time.perf_counter()
    shown.until("Measured:")
    return time.perf_counter() - began


def test_keys_change_the_picture_at_once_and_never_its_size(shown):
    size, waits = (shown.height(), shown.scrolled()), []
    for control, key, wish in [
        ("round trip (ms)", "ArrowRight", "8 objects, round trip 30 ms"),
        ("round trip (ms)", "ArrowRight", "8 objects, round trip 40 ms"),
        ("objects", "ArrowLeft", "7 objects, round trip 40 ms"),
        ("objects", "End", "12 objects, round trip 40 ms"),
        ("round trip (ms)", "Home", "12 objects, round trip 0 ms"),
        ("pipelined", "Space", "Pipelined, 12 objects"),
    ]:
        waits.append(shown.time(lambda c=control, k=key: shown.press(c, k)))
        measured(shown, wish)
        assert (shown.height(), shown.scrolled()) == size
    print("seconds until the picture changed:", [round(wait, 3) for wait in waits])
    assert max(waits) < 0.5
    assert "measured now on the rootless network" in shown.words() or "played back" in shown.words()
    assert "object 12 from " in shown.words()  # for who cannot see the bars


def test_200_quick_moves_leave_no_queue(shown):
    keys = ["ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowRight"] * 50
    shown.press("round trip (ms)", "End")
    shown.watch(lambda: shown.press("objects", *keys, "ArrowLeft"))
    began = time.perf_counter()
    assert ask(shown.page, "6 * 7") == "42"
    assert time.perf_counter() - began < 1
    measured(shown, "7 objects, round trip 80 ms")
    took = time.perf_counter() - began
    print(f"200 moves: {shown.frames()} pictures; the last measured {took:.2f} s later")
    assert took < 0.64 + 1.5  # eight round trips, and one and a half seconds for a loaded machine


def test_a_cell_that_waits_does_not_hold_it_up(shown):
    # a control's first move comes where the control was made: in the thread of the cells
    shown.press("objects", "ArrowLeft")
    measured(shown, "7 objects, round trip 20 ms")
    blocked = "import threading; go = threading.Event(); go.wait(20)"
    shown.page.evaluate(
        "code => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
        ".requestExecute({code}); }",
        blocked,
    )
    wait = shown.time(lambda: shown.press("objects", "ArrowLeft"))
    took = measured(shown, "6 objects, round trip 20 ms")
    print(f"behind a waiting cell: theory after {wait:.3f} s, measured {took:.3f} s later")
    assert wait < 0.5 and took < 2
    shown.page.evaluate("() => window.jupyterapp.commands.execute('kernelmenu:interrupt')")
    assert ask(shown.page, "6 * 7") == "42"


def test_nothing_is_held_after_closing_and_axe_finds_nothing(shown):
    assert shown.faults() == []
    page = shown.page
    make = f"more = PageLoadExplorer(recording={str(SHIPPED)!r}); more.close()"
    ask(page, make)
    before = held(page)
    ask(page, f"for _ in range(5): {make}")
    assert held(page) == before
    print("held by the kernel, before and after five more:", before)
    ask(page, "explorer.close()")
    after = held(page)
    assert after["widgets"] < before["widgets"] and after["children"] <= before["children"]
    assert "netlab-explorer" not in after["threads"]


def test_pictures_to_look_at(shown, tmp_path):
    import lab_page

    kind = "played" if "played back" in shown.words() else "live"
    shown.press("pipelined", "Space")
    measured(shown, "Pipelined, 8 objects")
    shown.press("six at once", "Space")
    measured(shown, "Six at once, 8 objects")
    for width in (1200, 800):
        for theme in ("light", "dark"):
            lab_page.look(shown.page, width, theme)
            shown.picture(f"{SHOTS or tmp_path}/page-load-{kind}-{width}-{theme}.png")
            wide = shown.output.evaluate("box => [box.scrollWidth, box.clientWidth]")
            assert wide[0] <= wide[1], f"{width} {theme}: wider than its place"
    height = shown.height()  # at 800 pixels, where long sentences could need another line
    shown.press("a connection each", "Space")
    assert shown.height() == height
    shown.press("objects", "End")
    measured(shown, "A connection each, 12 objects")
    assert shown.height() == height
