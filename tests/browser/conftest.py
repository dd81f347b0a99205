"""JupyterLab for tests that make their notebooks as they go."""

import lab_page
import lab_server
import pytest

from tests.browser import explorer_tools
from tests.tools import need


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """JupyterLab on an empty folder: its URL, and the folder."""
    need(*lab_page.CHROMIUM)
    folder = tmp_path_factory.mktemp("made")
    with lab_server.lab(folder) as url:
        yield url, folder


@pytest.fixture
def explore(served):
    """explore("import ...", "Explorer()"): run these cells, and get what the last one shows."""
    with lab_page.browser_page() as page:
        yield lambda *sources: explorer_tools.open_cells(page, *served, *sources)
