"""A notebook in a real browser, driven by Playwright: run it, look at it, compare what it shows."""

import shutil
from contextlib import contextmanager
from pathlib import Path

import nbformat
from lessons import code_cells, is_compared, tags, texts

LOAD_MS, RUN_MS = 60_000, 180_000
HEIGHT = 1600
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOTEBOOK = "window.jupyterapp.shell.currentWidget"
IDLE = f"{NOTEBOOK}?.sessionContext.session?.kernel?.status === 'idle'"
READY = f"() => {NOTEBOOK}?.content?.widgets?.length && {IDLE}"
RAN = f"""() => {{
    const cells = {NOTEBOOK}.content.model.toJSON().cells
        .filter(cell => cell.cell_type === 'code');
    const tagged = cell => (cell.metadata.tags || []).includes('raises-exception');
    const failed = cell => cell.outputs.some(out => out.output_type === 'error');
    const stopped = cells.some(cell => failed(cell) && !tagged(cell));
    return {IDLE} && (stopped || cells.every(cell => cell.execution_count !== null));
}}"""


def chromium():
    """The system's own browser, under whichever name."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        raise SystemExit(
            f"expected one of {', '.join(CHROMIUM)} on the path; came none; install Chromium"
        )
    return found


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
        problems.append(
            f"expected {len(code_cells(committed))} code cells; came {len(code_cells(came))}"
        )
    for number, (want, got) in enumerate(
        zip(code_cells(committed), code_cells(came), strict=False), 1
    ):
        expected, shown = texts(want), texts(got)
        if got.execution_count is None:
            problems.append(
                f"code cell {number}: expected it to run; it did not; see the cell before it"
            )
        if shown["stderr"]:
            problems.append(
                f"code cell {number}: expected nothing on stderr; came {shown['stderr']!r}"
            )
        if shown["error"] and "raises-exception" not in tags(want):
            problems.append(f"code cell {number}: expected no error; came {shown['error']}")
        elif is_compared(want) and shown != expected:
            problems += [
                f"code cell {number}: expected {kind} {expected[kind]!r}; came {shown[kind]!r}"
                for kind in ("stdout", "shown", "error")
                if shown[kind] != expected[kind]
            ]
    return problems


def look(page, width, theme):
    """Show the same notebook at another width and in another theme, light or dark."""
    name = f"JupyterLab {theme.capitalize()}"
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.evaluate(
        "theme => { window.jupyterapp.commands.execute('apputils:change-theme', {theme}); }", name
    )
    page.wait_for_function(
        "name => document.body.dataset.jpThemeName === name", arg=name, timeout=LOAD_MS
    )


def screenshots(page, folder, name):
    """The whole notebook, one picture a screenful."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    scroller = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer"
    page.wait_for_load_state("networkidle")
    total, step = page.eval_on_selector(scroller, "box => [box.scrollHeight, box.clientHeight]")
    pictures = []
    for top in range(0, total, step):
        page.eval_on_selector(scroller, "(box, top) => { box.scrollTop = top; }", top)
        pictures.append(Path(folder, f"{name}-{len(pictures) + 1:02}.png"))
        page.screenshot(path=pictures[-1])
    return pictures
