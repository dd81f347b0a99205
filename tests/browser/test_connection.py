"""The connection explorer in JupyterLab: its buttons work by mouse and by keyboard."""

import lab_page
import lab_server
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from refresh import KERNELSPEC

from tests.tools import need

pytestmark = pytest.mark.browser
CELL = "from netlab import ConnectionExplorer\n\nexplorer = ConnectionExplorer()\nexplorer"
STATUS = ".widget-html-content [role=status]"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    need(*lab_page.CHROMIUM)
    folder = tmp_path_factory.mktemp("connection")
    notebook = new_notebook(cells=[new_code_cell(CELL)], metadata={"kernelspec": KERNELSPEC})
    nbformat.write(notebook, folder / "one.ipynb")
    with lab_server.lab(folder) as url, lab_page.browser_page() as page:
        lab_page.open_notebook(page, url, "one.ipynb")
        lab_page.run_all(page)
        yield page


def shows(page, words):
    """Wait until the explorer says so."""
    page.wait_for_function(
        "([at, words]) => document.querySelector(at)?.innerText.includes(words)",
        arg=[STATUS, words],
        timeout=10_000,
    )


def button(page, name, at=0):
    return page.get_by_role("button", name=name, exact=True).nth(at)


def test_a_whole_life_by_mouse_and_keyboard(page):
    shows(page, "Nothing has been called yet")
    button(page, "listen").click()
    shows(page, "The server listens")
    assert button(page, "accept").is_disabled()
    button(page, "connect").focus()
    page.keyboard.press("Enter")
    shows(page, "held by the kernel alone")
    button(page, "accept").focus()
    page.keyboard.press("Space")
    shows(page, "The server is ESTABLISHED.")
    button(page, "close", 1).click()
    shows(page, "The server is FIN-WAIT-2")
    button(page, "close", 0).click()
    shows(page, "The server is TIME-WAIT")
    button(page, "start again").click()
    shows(page, "Nothing has been called yet")
