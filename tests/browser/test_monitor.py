"""RoundTripMonitor in JupyterLab: keys alone, quick answers, and an end when its page is gone."""

import os
import time

import lab_page
import lab_server
import nbformat
import psutil
import pytest

from tests.helpers import alive, eventually
from tests.tools import need

pytestmark = pytest.mark.browser

CELL = "from netlab import RoundTripMonitor\n\nmonitor = RoundTripMonitor()\nmonitor"
OUT = "document.querySelector('.jp-OutputArea')"
SAID = f"{OUT}.querySelector('[role=status]').textContent"
LINE = (
    f"[...{OUT}.querySelectorAll('svg text')].map(text => text.textContent)"
    ".find(text => text.startsWith('line'))"
)
SCROLLER = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer"
ASK = f"""async () => {{
    const kernel = {lab_page.NOTEBOOK}.sessionContext.session.kernel;
    const begun = performance.now();
    await kernel.requestExecute({{code: '1 + 1'}}).done;
    return (performance.now() - begun) / 1000;
}}"""


@pytest.fixture
def page(tmp_path):
    """A notebook with the monitor between two long texts; its cell has run."""
    need(*lab_page.CHROMIUM)
    text = nbformat.v4.new_markdown_cell("text\n\n" * 20)
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL), text])
    nb.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nb, tmp_path / "monitor.ipynb")
    with lab_server.lab(tmp_path) as url, lab_page.browser_page() as page:
        lab_page.open_notebook(page, url, "monitor.ipynb")
        page.set_viewport_size({"width": 1200, "height": 700})
        lab_page.run_next(page)
        page.wait_for_function(f"() => {LINE}")
        yield page


def tab_to(page, name):
    """Move the focus as a reader without a mouse does."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == name:
            return
    pytest.fail(f"60 tabs did not lead to {name}")


def pids():
    """The ping's processes: relay and probe."""
    commands = ("netlab._worker", "probe"), ("netlab._worker", "relay")
    everyone = psutil.Process().children(recursive=True)
    return [p.pid for p in everyone if any(set(words) <= set(p.cmdline()) for words in commands)]


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_keys_alone(page, key):
    page.locator(".noUi-handle").first.focus()
    tab_to(page, "Start")
    page.keyboard.press(key)
    page.wait_for_function(f"() => {SAID}.startsWith('First figures')", timeout=30_000)
    tab_to(page, "Mark")
    page.keyboard.press(key)
    page.wait_for_function(f"() => {SAID} === 'Mark 1: 20 ms.'")
    page.locator(".noUi-handle").first.focus()
    slowest = 0.0
    for move in ("ArrowRight", "ArrowUp", "ArrowLeft", "PageUp", "Home"):
        old, begun = page.evaluate(LINE), time.perf_counter()
        page.keyboard.press(move)
        page.wait_for_function(f"old => {LINE} !== old", arg=old, polling=10)
        slowest = max(slowest, time.perf_counter() - begun)
    print(f"from key to picture: {slowest:.3f} s at most")
    assert slowest < 0.5


def test_nothing_jumps_and_the_kernel_answers(page):
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_function(f"() => {SAID}.startsWith('First figures')", timeout=30_000)
    page.eval_on_selector(SCROLLER, "box => { box.scrollTop = 111; }")
    places, slider = set(), page.locator(".noUi-handle").first
    for _ in range(20):
        page.wait_for_timeout(100)
        places.add(page.eval_on_selector(SCROLLER, "b => `${b.scrollTop} ${b.scrollHeight}`"))
    assert len(places) == 1
    slider.focus()
    for n in range(200):
        page.keyboard.press("ArrowRight" if n % 2 == 0 or n > 190 else "ArrowLeft")
    begun = time.perf_counter()
    answered = page.evaluate(ASK)
    page.wait_for_function(f"() => {LINE} === 'line: asked, 140 ms'", polling=10)
    settled = time.perf_counter() - begun
    print(f"after 200 moves: kernel {answered:.3f} s, picture {settled:.3f} s")
    assert answered < 0.5 and settled < 1.0
    folder = os.environ.get("NETLAB_SHOTS")
    for width, theme in ((1200, "light"), (800, "dark")) if folder else ():
        lab_page.look(page, width, theme)
        page.screenshot(path=f"{folder}/monitor-{width}-{theme}.png")


def test_it_ends_when_its_page_is_gone(page):
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_function(f"() => {SAID}.startsWith('First figures')", timeout=30_000)
    page.wait_for_timeout(5000)  # it goes on while somebody looks
    running = pids()
    assert len(running) == 2
    page.goto("about:blank")
    eventually(lambda: not any(map(alive, running)), 40, "relay and probe to end")
