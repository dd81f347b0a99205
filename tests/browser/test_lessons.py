"""Each lesson, in a real browser, shows in words what the committed notebook shows."""

import os

import lab_page
import lab_server
import pytest
from lessons import ROOT, notebooks, read

from tests.tools import need

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    """JupyterLab on a learner's copy of the lessons."""
    need(*lab_page.CHROMIUM)
    copy = tmp_path_factory.mktemp("lab") / "work"
    lab_server.copy_cleared(copy)
    with lab_server.lab(copy) as address:
        yield address


@pytest.fixture
def page(url):
    with lab_page.browser_page() as page:
        yield page


@pytest.mark.parametrize("path", notebooks(), ids=lambda p: p.stem)
def test_run_all(path, url, page, tmp_path):
    lab_page.open_notebook(page, url, path.relative_to(ROOT / "notebooks").as_posix())
    lab_page.run_all(page)
    lab_page.screenshots(page, os.environ.get("NETLAB_SHOTS", tmp_path), f"{path.stem}-1200-light")
    problems = lab_page.differences(read(path), lab_page.shown_notebook(page))
    assert not problems, "\n".join(problems)
