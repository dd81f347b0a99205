"""Moving an explorer's controls in a browser, and asking its kernel how it is."""

import lab_page
import nbformat
from nbformat.v4 import new_code_cell, new_notebook

# the picture's changes, each with the time since the latest key or pointer event
WATCH = """picture => {
    const seen = window.netlabSeen = {moved: performance.now(), changes: []};
    const now = () => { seen.moved = performance.now(); };
    for (const kind of ['keydown', 'pointerdown', 'change'])
        document.addEventListener(kind, now, true);
    new MutationObserver(() => seen.changes.push(performance.now() - seen.moved))
        .observe(picture, {childList: true, subtree: true, characterData: true});
}"""
CHANGED = "n => window.netlabSeen.changes.length > n"
QUIET = """async () => {
    const before = window.netlabSeen.changes.length;
    await new Promise(done => setTimeout(done, 500));
    return window.netlabSeen.changes.length - before;
}"""
ASK = f"""async code => {{
    const kernel = {lab_page.NOTEBOOK}.sessionContext.session.kernel;
    const asked = kernel.requestExecute({{code, store_history: false}});
    let said = '';
    asked.onIOPub = message => {{ said += message.content.text || message.content.evalue || ''; }};
    await asked.done;
    return said.trim();
}}"""
LEFT = """
import gc, multiprocessing, threading
from ipywidgets.widgets.widget import _instances
gc.collect()
print(len(_instances), threading.active_count(), len(multiprocessing.active_children()))
"""


def notebook(path, *sources):
    nb = new_notebook(cells=[new_code_cell(source) for source in sources])
    nb.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nb, path)


def watch(page, selector=".widget-html-content"):
    """From now on, take the times of the picture's changes."""
    page.wait_for_selector(f"{selector} svg")
    page.eval_on_selector(selector, WATCH)


def seconds(page, move):
    """How long after a move the picture changed."""
    page.evaluate("() => { window.netlabSeen.changes.length = 0; }")
    move()
    page.wait_for_function(CHANGED, arg=0, timeout=5000)
    return page.evaluate("() => window.netlabSeen.changes[0]") / 1000


def still_changes(page):
    """Changes of the picture in the next half second, when nobody moves anything."""
    return page.evaluate(QUIET)


def ask(page, code):
    """What the kernel prints."""
    return page.evaluate(ASK, code)
