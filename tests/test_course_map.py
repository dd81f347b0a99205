"""The course map says what the lessons say, or the check says no."""

import course_map
import nbformat
import pytest
from lessons import ROOT, read

from tests.hygiene.example import notebook, text

START = "start-here.ipynb"
FIRST, SECOND = "20-first-socket/first-socket.ipynb", "21-byte-stream/byte-stream.ipynb"


def save(path, number, title, needs=(), *cells, **changes):
    nb = notebook(*cells)
    nb.metadata.netlab = {
        "number": number,
        "title": title,
        "minutes": 60,
        "needs": list(needs),
        "shows": "Bytes go in.",
        **changes,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nb, path)


@pytest.fixture
def root(tmp_path):
    """A small course whose map was not written yet."""
    cell = text("## The map")
    cell.metadata.tags = ["course-map"]
    folder = tmp_path / "notebooks"
    save(folder / START, "0", "Start here", [], cell)
    save(folder / FIRST, "20", "Your first socket", ["0"])
    save(folder / SECOND, "21", "A byte stream", ["20"])
    (tmp_path / "README.md").write_text(
        f"# netlab\n{course_map.BEGIN}\nold\n{course_map.END}\nend\n", encoding="utf-8"
    )
    return tmp_path


def run(root, *options):
    return course_map.main([*options, "--root", str(root)])


def test_writes_both_tables(root):
    assert run(root) == 0
    row = "| [A byte stream]({}" + SECOND + ") | Bytes go in. | 60 min | Your first socket |"
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert row.format("notebooks/") in readme
    assert readme.startswith("# netlab\n") and readme.endswith("\nend\n") and "old" not in readme
    cell = read(root / "notebooks" / START).cells[0]
    assert cell.source.startswith("## The map\n\n| lesson |") and row.format("") in cell.source


def test_writes_once(root):
    run(root)
    before = {path: path.read_bytes() for path in root.rglob("*.*") if path.is_file()}
    assert run(root) == 0 and run(root, "--check") == 0
    assert before == {path: path.read_bytes() for path in before}


@pytest.mark.parametrize("name", ["README.md", START])
def test_check_names_the_stale_one(root, name, capsys):
    run(root)
    path = root / name if name == "README.md" else root / "notebooks" / name
    path.write_text(path.read_text(encoding="utf-8").replace("60 min", "61 min"), encoding="utf-8")
    before = path.read_bytes()
    capsys.readouterr()
    assert run(root, "--check") == 1
    assert name in capsys.readouterr().out and path.read_bytes() == before


def second(*arguments, **changes):
    return lambda folder: save(folder / SECOND, *arguments, **changes)


@pytest.mark.parametrize(
    ("breaks", "sentence"),
    [
        (second("21", "A byte stream", ["19"]), "came '19'"),
        (second("22", "A byte stream"), "expected 22-name/name.ipynb"),
        (second("21", "A byte stream", minutes="75"), '"minutes" (int)'),
        (second("21", None), '"title" (str)'),
        (lambda folder: (folder / "30-http").mkdir(), "expected http.ipynb"),
        (lambda folder: save(folder / "20-again/again.ipynb", "20", "Again"), "20 twice"),
        (lambda folder: save(folder / "loose.ipynb", "40", "Loose"), "a folder of its own"),
        (lambda folder: (folder / START).unlink(), "expected start-here.ipynb"),
        (
            lambda folder: save(folder / START, "0", "Start here"),
            "one markdown cell tagged course-map",
        ),
        (lambda folder: (folder.parent / "README.md").write_text("# netlab\n"), "expected a place"),
    ],
)
def test_says_what_is_wrong(root, breaks, sentence, capsys):
    breaks(root / "notebooks")
    assert run(root, "--check") == 1
    assert sentence in capsys.readouterr().out


def test_real_course_is_up_to_date():
    assert (ROOT / "notebooks" / START).exists(), (
        "expected notebooks/start-here.ipynb; came nothing; write it"
    )
    assert course_map.main(["--check"]) == 0
