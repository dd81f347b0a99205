"""An explorer in a real browser: found by its cell, moved by keyboard, timed, searched for faults.

An explorer is known by its cell (counted from 0, code and text alike); a control by the words
of its label or button.
"""

import itertools
import json
from pathlib import Path

import lab_page
import nbformat
from lab_page import LOAD_MS, NOTEBOOK
from refresh import KERNELSPEC  # without it JupyterLab asks which kernel

_numbers = itertools.count(1)
# ipywidgets 8.1 gives a slider's handle no name: its label stands beside it, unconnected. From
# Python it cannot be mended; so an explorer's status sentence says what was moved.
NOT_OURS = {("aria-input-field-name", "noUi-handle")}

# Seconds from a key or a click until the pictures' HTML is another one, by the browser's own clock.
_WATCH = """
(root) => {
    const pictures = () => [...root.querySelectorAll('.widget-html-content')]
        .map(picture => picture.innerHTML).join('\\n');
    const watch = window.netlabWatch = {before: pictures(), start: null, changed: null, frames: 0};
    const begin = () => { watch.start ??= performance.now(); };
    for (const kind of ['keydown', 'mousedown', 'input'])
        root.addEventListener(kind, begin, {capture: true});
    new MutationObserver(() => {
        const now = pictures();
        if (now === watch.before) return;
        watch.before = now;
        watch.frames += 1;
        watch.last = performance.now();
        watch.changed ??= watch.last;
    }).observe(root, {subtree: true, childList: true, characterData: true, attributes: true});
}
"""
_ASK = """
async (code) => {
    const kernel = NOTEBOOK.sessionContext.session.kernel;
    const asked = kernel.requestExecute({code, store_history: false, silent: false});
    let said = '';
    asked.onIOPub = message => {
        const content = message.content;
        said += content.text ?? content.data?.['text/plain'] ?? '';
        said += (content.traceback ?? []).join('\\n');
    };
    await asked.done;
    return said;
}
""".replace("NOTEBOOK", NOTEBOOK)


class Shown:
    """What one cell of the open notebook shows."""

    def __init__(self, page, cell):
        self.page, self.cell = page, cell
        self.box = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").nth(cell)
        self.output = self.box.locator(".jp-Cell-outputArea")
        self.output.locator(".jupyter-widgets").first.wait_for(timeout=LOAD_MS)

    def control(self, name):
        """What takes the keys of this control: a slider's handle, a box, a button."""
        found = self.output.get_by_role("button", name=name, exact=True)
        if found.count():
            return found.first
        line = self.output.locator(".jupyter-widgets", has=self.page.get_by_text(name, exact=True))
        return line.last.locator("[role=slider], input, textarea, select").first

    def press(self, name, *keys):
        """Type these keys into a control, by the names that Playwright gives to keys."""
        self.control(name).focus()
        for key in keys:
            self.page.keyboard.press(key)

    def words(self):
        """What the pictures say, the words for those who see none included."""
        return self.output.evaluate(
            """box => [...box.querySelectorAll('.widget-html-content')].map(picture =>
                [picture.innerText, ...[...picture.querySelectorAll('[aria-label]')]
                    .map(part => part.ariaLabel)].join('\\n')).join('\\n')"""
        )

    def height(self):
        """Pixels from the output's top to its end: the same after every move."""
        return self.output.bounding_box()["height"]

    def scrolled(self):
        """How far down the notebook's page stands, in pixels: the same after every move."""
        scroller = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer"
        return self.page.eval_on_selector(scroller, "box => box.scrollTop")

    def time(self, act):
        """Seconds from act()'s first key or click until a picture has changed."""
        self.watch(act)
        self.page.wait_for_function("() => window.netlabWatch.changed", timeout=LOAD_MS)
        seen = self.page.evaluate("() => window.netlabWatch")
        return (seen["changed"] - seen["start"]) / 1000

    def watch(self, act):
        """act(), while pictures are counted; see `frames`."""
        self.output.evaluate(_WATCH)
        act()

    def frames(self):
        """How many pictures have come since `watch` (or `time`) began."""
        return self.page.evaluate("() => window.netlabWatch.frames")

    def until(self, text):
        """Wait until the pictures' words hold this text."""
        self.output.get_by_text(text).first.wait_for(timeout=LOAD_MS)

    def faults(self):
        """axe-core's serious and critical complaints about this output, a sentence each."""
        from axe_playwright_python.sync_playwright import Axe  # only the extra dev has it

        self.output.evaluate("box => { box.dataset.netlabShown = ''; }")
        answer = Axe().run(self.page, "[data-netlab-shown]")
        self.output.evaluate("box => { delete box.dataset.netlabShown; }")
        return [
            f"{fault['impact']}: {fault['help']} ({fault['id']}): {node['html'][:200]}"
            for fault in answer.response["violations"]
            if fault["impact"] in ("serious", "critical")
            for node in fault["nodes"]
            if not any(fault["id"] == rule and part in node["html"] for rule, part in NOT_OURS)
        ]

    def picture(self, path):
        """This output as a PNG."""
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self.output.screenshot(path=path)


def open_cells(page, url, folder, *sources):
    """A notebook of these code cells, all run; what its last cell shows."""
    name = f"made-{next(_numbers)}.ipynb"
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nb = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNELSPEC})
    nbformat.write(nb, Path(folder, name))
    lab_page.open_notebook(page, url, name)
    lab_page.run_all(page)
    return Shown(page, len(sources) - 1)


def ask(page, code):
    """What this code prints or shows, run in the notebook's kernel beside its cells."""
    return page.evaluate(_ASK, code)


def held(page):
    """What the kernel holds now: widgets, threads, open files, child processes."""
    code = """
import gc, ipywidgets, json, os, psutil, threading
gc.collect()
print(json.dumps({
    "widgets": len(ipywidgets.widgets.widget._instances),
    "threads": sorted(t.name for t in threading.enumerate()),
    "files": psutil.Process().num_fds() if os.name == "posix" else 0,
    "children": len(psutil.Process().children(recursive=True)),
}))
"""
    return json.loads(ask(page, code))
