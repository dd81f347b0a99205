"""refresh runs a notebook, saves only what stays the same, and says no when it must."""

import nbformat
import pytest
import refresh
from lessons import read

from tests.hygiene.example import PIXEL, code, error, notebook, printed, shown, text

CHART = """\
class Chart:
    def _repr_mimebundle_(self, **_):
        return {"image/png": %r, "text/plain": "two dots"}
Chart()"""


@pytest.fixture
def save(tmp_path):
    def make(*cells):
        nbformat.write(notebook(*cells), tmp_path / "made.ipynb")
        return tmp_path / "made.ipynb"

    return make


def test_saves_verifies_and_shows_the_difference(save, capsys):
    stale = code("print(6 * 7)", printed("41\n"), tags=["names"])
    stale.metadata["execution"] = {"iopub.execute_input": "2026-01-01"}
    boom = code("1 / 0", tags=["raises-exception"])
    skipped = code("import nowhere", printed("as it was\n"), tags=["nbval-skip"])
    path = save(
        text("# A title"),
        stale,
        boom,
        skipped,
        code("import os; print(os.path.exists('made.ipynb'))"),
        code("7"),
    )
    ids = [cell.id for cell in read(path).cells]
    assert refresh.main([str(path)]) == 0
    out = capsys.readouterr().out
    assert "-  > 41" in out and "+  > 42" in out and "saved and verified" in out
    nb = read(path)
    assert [cell.id for cell in nb.cells] == ids
    _, first, second, third, fourth, fifth = nb.cells
    assert first.metadata == {"tags": ["names"]}
    assert second.outputs[0].ename == "ZeroDivisionError"
    assert third.outputs[0].text == "as it was\n"
    assert fourth.outputs[0].text == "True\n"  # the kernel stands in the notebook's folder
    assert fifth.outputs[0].execution_count == 5
    assert "version" not in nb.metadata.language_info
    assert not list(path.parent.glob("*.new"))


def test_an_error_leaves_the_file_alone(save, capsys):
    path = save(code("print(1)", printed("1\n")), code("1 / 0"))
    before = path.read_bytes()
    assert refresh.main([str(path)]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().out
    assert path.read_bytes() == before


def test_an_output_that_differs_on_every_run_is_refused(save, capsys):
    path = save(code("import os; print(os.getpid())"))
    assert refresh.main([str(path)]) == 1
    assert "made.ipynb::Cell 0" in capsys.readouterr().out


@pytest.mark.parametrize(("words", "kept"), [("two dots", True), ("three dots", False)])
def test_old_picture_stays_while_its_words_do(words, kept):
    old = notebook(code("chart", shown(words, image_png=PIXEL)))
    new = notebook(code("chart", shown("two dots", image_png="bmV3")))
    new.cells[0].id = old.cells[0].id
    refresh.keep_pictures(new, old)
    assert (new.cells[0].outputs[0].data["image/png"] == PIXEL) is kept


def test_old_picture_goes_with_its_code():
    old = notebook(code("chart", shown("two dots", image_png=PIXEL)))
    new = notebook(code("other", shown("two dots", image_png="bmV3")))
    new.cells[0].id = old.cells[0].id
    refresh.keep_pictures(new, old)
    assert new.cells[0].outputs[0].data["image/png"] == "bmV3"


def test_pictures_are_redrawn_on_demand(save, monkeypatch):
    monkeypatch.setattr(refresh, "nbval", lambda paths: type("Run", (), {"failed": []}))
    path = save(code(CHART % "bmV3", shown("two dots", image_png=PIXEL)))
    refresh.main([str(path)])
    assert read(path).cells[0].outputs[0].data["image/png"].strip() == PIXEL
    refresh.main(["--pictures", str(path)])
    assert read(path).cells[0].outputs[0].data["image/png"].strip() == "bmV3"


def test_a_widget_is_saved_as_its_words(save):
    """A real one, run and saved: no model's id, and strict nbval is content."""
    path = save(code("from netlab import predict"), code('predict("q")'))
    assert refresh.main([str(path)]) == 0
    (output,) = read(path).cells[1].outputs
    assert output.data == {"text/plain": "q … (No box here? Write your prediction down.)"}
    assert "widgets" not in read(path).metadata


def test_widget_state_is_not_saved():
    nb = notebook(
        code("slider", shown("IntSlider(value=3)", **{refresh.WIDGET: {"model_id": "a1"}}), error())
    )
    nb.metadata.widgets = {"state": {}}
    refresh.strip(nb)
    assert "widgets" not in nb.metadata
    assert list(nb.cells[0].outputs[0].data) == ["text/plain"]


def test_names_a_notebook_or_all():
    with pytest.raises(SystemExit):
        refresh.main([])
