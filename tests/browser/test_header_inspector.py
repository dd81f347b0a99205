"""The header inspector in JupyterLab: both sides mark each other, by keyboard and by mouse."""

import shutil
import time

import lab_page
import lab_server
import pytest
from lessons import ROOT

from tests.browser import moves
from tests.tools import need

pytestmark = pytest.mark.browser

INSPECTOR = """
from netlab import HeaderInspector
inspector = HeaderInspector("one-request.pcap")
inspector
"""
PACKET, BYTE, FIELD = 0, 1, 2  # the sliders in their order
SAID = ".widget-html-content [role=status]"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    need(*lab_page.CHROMIUM)
    folder = tmp_path_factory.mktemp("headers")
    shutil.copy(ROOT / "notebooks/11-headers/one-request.pcap", folder)
    moves.notebook(folder / "headers.ipynb", INSPECTOR)
    with lab_server.lab(folder) as url, lab_page.browser_page() as page:
        lab_page.open_notebook(page, url, "headers.ipynb")
        lab_page.run_all(page)
        moves.watch(page)
        yield page


def press(page, slider, key, times=1):
    page.locator(".noUi-handle").nth(slider).focus()
    return [moves.seconds(page, lambda: page.keyboard.press(key)) for _ in range(times)]


def waits_for(page, words):
    page.wait_for_function(
        "([where, words]) => document.querySelector(where).innerText.includes(words)",
        arg=[SAID, words],
        timeout=2000,
    )


def test_a_byte_marks_its_field(page):
    took = press(page, PACKET, "ArrowRight", 5) + press(page, BYTE, "ArrowRight", 14)
    assert max(took) < 0.5
    waits_for(page, "IPv4 · Version (byte 14, 4 bits of 8): 4")
    waits_for(page, "in bits 01000101. This byte also holds IHL.")
    chosen = page.eval_on_selector(".widget-select select", "list => list.selectedIndex")
    assert "Version" in page.locator(".widget-select option").nth(chosen).text_content()
    print(f"key to picture: {max(took):.3f} s at most")


def test_a_field_marks_its_bytes_by_keyboard(page):
    assert max(press(page, FIELD, "ArrowRight")) < 0.5
    waits_for(page, "IPv4 · IHL (byte 14, 4 bits of 8): 5 (20 bytes)")


def test_a_field_marks_its_bytes_by_mouse(page):
    options = page.locator(".widget-select option")
    ttl = next(i for i in range(options.count()) if "Live:" in options.nth(i).text_content())
    assert moves.seconds(page, options.nth(ttl).click) < 0.5
    waits_for(page, "IPv4 · Time to Live (byte 22): 64 hops")
    assert page.locator(".noUi-handle").nth(BYTE).get_attribute("aria-valuenow") == "22.0"


def test_a_byte_by_mouse(page):
    track = page.locator(".noUi-target").nth(BYTE).bounding_box()
    at = track["x"] + track["width"] - 2, track["y"] + track["height"] / 2
    assert moves.seconds(page, lambda: page.mouse.click(*at)) < 0.5
    page.wait_for_selector(".noUi-state-tap", state="detached")
    waits_for(page, "payload")


def test_two_hundred_quick_moves(page):
    page.locator(".noUi-handle").nth(BYTE).focus()
    page.keyboard.press("Home")
    for _ in range(100):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    end = time.perf_counter()
    waits_for(page, "Ethernet · Destination Address")
    settled = time.perf_counter() - end
    assert settled < 0.5
    assert moves.still_changes(page) == 0
    start = time.perf_counter()
    assert moves.ask(page, "print(inspector.controls['byte'].value)") == "0"
    assert time.perf_counter() - start < 2
    print(f"302 moves: the last picture after {settled:.3f} s")


def test_nothing_is_left(page):
    moves.ask(page, "inspector.close()")
    before = moves.ask(page, moves.LEFT)
    for _ in range(5):
        moves.ask(page, INSPECTOR)
        assert moves.ask(page, moves.LEFT) != before
        moves.ask(page, "inspector.close()")
    assert moves.ask(page, moves.LEFT) == before
    print(f"widgets, threads, descriptors: {before}")
