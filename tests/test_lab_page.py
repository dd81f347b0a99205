"""What the browser showed is held against what is committed; the copy a learner gets is empty."""

import copy

import lab_page
import lab_server
import nbformat
import pytest
from lessons import read

from tests.hygiene.example import code, error, notebook, printed, shown

WIDGET = "application/vnd.jupyter.widget-view+json"


def committed():
    return notebook(
        code("a", printed("one\ntwo\n")),
        code("b", error("OSError", "[Errno 111] refused"), tags=["raises-exception"]),
        code("c", shown("a chart of two dots", image_png="b2xk")),
        code("d", printed("0.123\n"), tags=["nbval-ignore-output"]),
    )


def differences(change):
    came = copy.deepcopy(committed())
    change(came.cells)
    return lab_page.differences(committed(), came)


@pytest.mark.parametrize(
    "change",
    [
        lambda cells: None,
        lambda cells: cells[0].update(outputs=[printed("one\n"), printed("two\n")]),
        lambda cells: cells[0].update(outputs=[printed("one\r\n"), printed("two\r\n")]),
        lambda cells: cells[1].update(outputs=[error("OSError", "[Errno 61] refused")]),
        lambda cells: cells[2].outputs[0].data.update({"image/png": "bmV3", WIDGET: {}}),
        lambda cells: cells[3].update(outputs=[printed("0.456\n")]),
    ],
)
def test_same(change):
    assert differences(change) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda cells: cells[0].update(outputs=[printed("one\n")]), "code cell 1: expected stdout"),
        (
            lambda cells: cells[1].update(outputs=[error("OSError", "[Errno 61] no")]),
            "cell 2: expected error",
        ),
        (lambda cells: cells[2].update(outputs=[]), "code cell 3: expected shown"),
        (lambda cells: cells[3].update(outputs=[error()]), "code cell 4: expected no error"),
        (
            lambda cells: cells[3].outputs.append(printed("!", "stderr")),
            "cell 4: expected nothing on stderr",
        ),
        (lambda cells: cells[3].update(execution_count=None), "code cell 4: expected it to run"),
        (lambda cells: cells.pop(), "expected 4 code cells; came 3"),
    ],
)
def test_different(change, sentence):
    problems = differences(change)
    assert len(problems) == 1 and sentence in problems[0]


def test_copy_is_cleared_and_the_original_is_not(tmp_path):
    source = tmp_path / "notebooks" / "20-first"
    source.mkdir(parents=True)
    nbformat.write(committed(), source / "first.ipynb")
    (source / "data.txt").write_text("beside")
    lab_server.copy_cleared(tmp_path / "work", tmp_path / "notebooks")
    cells = read(tmp_path / "work" / "20-first" / "first.ipynb").cells
    assert all(cell.outputs == [] and cell.execution_count is None for cell in cells)
    assert (tmp_path / "work" / "20-first" / "data.txt").read_text() == "beside"
    assert read(source / "first.ipynb").cells[0].outputs
