"""A notebook in a real browser: JupyterLab on a copy with outputs cleared, driven by Playwright."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

import nbformat
from lessons import ROOT, cleared, code_cells, is_compared, notebooks, read, tags, texts

START_SECONDS, LOAD_MS, RUN_MS = 60, 60_000, 180_000
HEIGHT = 1600
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
NOTEBOOK = "window.jupyterapp.shell.currentWidget"
READY = f"() => {NOTEBOOK}?.content?.widgets?.length && {NOTEBOOK}.sessionContext.session?.kernel?.status === 'idle'"
RAN = f"""() => {{
    const cells = {NOTEBOOK}.content.model.toJSON().cells.filter(cell => cell.cell_type === 'code');
    const tagged = cell => (cell.metadata.tags || []).includes('raises-exception');
    const stopped = cells.some(cell => !tagged(cell) && cell.outputs.some(out => out.output_type === 'error'));
    const idle = {NOTEBOOK}.sessionContext.session.kernel.status === 'idle';
    return idle && (stopped || cells.every(cell => cell.execution_count !== null));
}}"""


def chromium():
    """The system's own browser, under whichever name."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        raise SystemExit(f"expected one of {', '.join(CHROMIUM)} on the path; came none; install Chromium")
    return found


def copy_cleared(target, source=ROOT / "notebooks"):
    """What a learner starts with: the lessons and what lies beside them, without outputs."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__"))
    for path in notebooks(target):
        nbformat.write(cleared(read(path)), path)


@contextmanager
def lab(root):
    """JupyterLab serving `root` on a free port of its own choice, with settings of its own; yields its URL."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, ExitStack() as stack:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0",
             "--IdentityProvider.token=", "--ServerApp.password=", "--expose-app-in-browser", f"--notebook-dir={root}"],
            env=_environment(Path(home)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            encoding="utf-8", errors="replace")
        said, url, ready = [], [], threading.Event()

        def listen():  # reads to the end, so that the server never waits for a full pipe
            for line in process.stderr:
                said.append(line)
                if not ready.is_set() and (found := re.search(r"http://127\.0\.0\.1:\d+/", line)):
                    url.append(found[0])
                    ready.set()
            ready.set()

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        stack.callback(process.stderr.close)  # the last of three: stop, read to the end, close
        stack.callback(listener.join, 10)
        stack.callback(_stop, process)
        if not ready.wait(START_SECONDS) or not url:
            raise RuntimeError(f"expected JupyterLab to start within {START_SECONDS} s; it said:\n{''.join(said)}")
        _wait_until_it_answers(url[0], process)
        yield url[0]


@contextmanager
def browser_page():
    from playwright.sync_api import sync_playwright  # only the extra dev has it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        try:
            page = browser.new_page(viewport={"width": 1200, "height": HEIGHT})
            page.set_default_timeout(LOAD_MS)
            yield page
        finally:
            browser.close()


def open_notebook(page, url, name):
    """Open a notebook (a path below the served folder) and wait until its kernel is idle."""
    page.goto(f"{url}lab/workspaces/fresh/tree/{name}?reset", timeout=LOAD_MS)
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=LOAD_MS)
    page.wait_for_function(READY, timeout=LOAD_MS)


def run_all(page):
    """Run All, as the menu does it; wait for the last cell, or for an error nobody announced."""
    page.evaluate("() => { window.jupyterapp.commands.execute('runmenu:run-all'); }")
    page.wait_for_function(RAN, timeout=RUN_MS)


def run_next(page):
    """Shift+Enter on the active cell, and wait until it has run; returns whether it was code."""
    active = f"{NOTEBOOK}.content.activeCellIndex"
    index = page.evaluate(active)
    cell = f"{NOTEBOOK}.content.model.cells.get({index})"
    is_code = page.evaluate(f"{cell}.type") == "code"
    page.keyboard.press("Shift+Enter")
    if is_code:
        page.wait_for_function(f"() => {cell}.executionCount !== null", timeout=RUN_MS)
    page.wait_for_function(f"() => {active} > {index}", timeout=LOAD_MS)
    return is_code


def shown_notebook(page):
    """The notebook as the browser holds it now, outputs and all."""
    return nbformat.from_dict(page.evaluate(f"() => {NOTEBOOK}.content.model.toJSON()"))


def differences(committed, came):
    """Sentences about errors, stderr, and every text output that is not the committed one."""
    problems = []
    if len(code_cells(committed)) != len(code_cells(came)):
        problems.append(f"expected {len(code_cells(committed))} code cells; came {len(code_cells(came))}")
    for number, (want, got) in enumerate(zip(code_cells(committed), code_cells(came), strict=False), 1):
        expected, shown = texts(want), texts(got)
        if got.execution_count is None:
            problems.append(f"code cell {number}: expected it to run; it did not; see the cell before it")
        if shown["stderr"]:
            problems.append(f"code cell {number}: expected nothing on stderr; came {shown['stderr']!r}")
        if shown["error"] and "raises-exception" not in tags(want):
            problems.append(f"code cell {number}: expected no error; came {shown['error']}")
        elif is_compared(want) and shown != expected:
            problems += [f"code cell {number}: expected {kind} {expected[kind]!r}; came {shown[kind]!r}"
                         for kind in shown if shown[kind] != expected[kind]]
    return problems


def look(page, width, theme):
    """Show the same notebook at another width and in another theme, light or dark."""
    name = f"JupyterLab {theme.capitalize()}"
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.evaluate("theme => { window.jupyterapp.commands.execute('apputils:change-theme', {theme}); }", name)
    page.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=name, timeout=LOAD_MS)


def screenshots(page, folder, name):
    """The whole notebook, one picture a screenful."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    scroller = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer"
    page.wait_for_load_state("networkidle")
    total, step = page.eval_on_selector(scroller, "box => [box.scrollHeight, box.clientHeight]")
    pictures = []
    for top in range(0, max(total - step // 20, 1), step):
        page.eval_on_selector(scroller, "(box, top) => { box.scrollTop = top; }", top)
        pictures.append(Path(folder, f"{name}-{len(pictures) + 1:02}.png"))
        page.screenshot(path=pictures[-1])
    return pictures


def _environment(home):
    """Nothing of this user's Jupyter: settings, workspaces and runtime files in a folder of our own."""
    settings = {
        # every cell is there, seen or not, and nothing below the last
        "notebook-extension/tracker": {"windowingMode": "none", "scrollPastEnd": False},
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    }
    for name, values in settings.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    folders = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_RUNTIME_DIR": "runtime", "JUPYTER_DATA_DIR": "data",
               "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces"}
    environment = {**os.environ, **{key: str(home / name) for key, name in folders.items()}}
    environment.pop("MPLBACKEND", None)
    return environment


def _wait_until_it_answers(url, process):
    """JupyterLab prints its address a moment before it listens."""
    deadline = time.monotonic() + START_SECONDS
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        try:
            return direct.open(f"{url}api/status", timeout=10).close()
        except OSError as problem:
            try:
                process.wait(timeout=0.05)  # the pause until the next try, cut short if it has ended
            except subprocess.TimeoutExpired:
                if time.monotonic() < deadline:
                    continue
            raise RuntimeError(f"expected JupyterLab to answer at {url}; came {problem}; run it by hand") from problem


def _stop(process):
    """Ask, so that the server ends its kernels; then insist."""
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=15)
