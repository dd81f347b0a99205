"""Go through a lesson as a person does, cell by cell with pauses; compare what was shown."""

import argparse
import sys
import tempfile
from pathlib import Path

from lab_page import (
    browser_page,
    differences,
    open_notebook,
    run_next,
    shown_notebook,
)
from lab_server import copy_cleared, lab
from lessons import ROOT, code_cells, read
from tqdm import tqdm


def step(page, cells, pause):
    """Run the first `cells` code cells one by one, with so many seconds between them."""
    page.click(".jp-NotebookPanel .jp-Cell >> nth=0")
    page.keyboard.press("Escape")
    with tqdm(total=cells, desc="cells", disable=None) as bar:
        for number in range(cells):
            while not run_next(page):
                pass  # text takes no time
            bar.update()
            if number < cells - 1:
                page.wait_for_timeout(pause * 1000)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--pause", type=float, default=60, help="seconds between code cells")
    parser.add_argument("--root", type=Path, default=ROOT / "notebooks", help="folder of lessons")
    options = parser.parse_args(arguments)
    path, root = options.notebook.resolve(), options.root.resolve()
    committed = read(path)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy_cleared(Path(folder, "work"), root)
        with lab(Path(folder, "work")) as url, browser_page() as page:
            open_notebook(page, url, path.relative_to(root).as_posix())
            step(page, len(code_cells(committed)), options.pause)
            problems = differences(committed, shown_notebook(page))
    print(
        "\n".join(
            [f"{path.name}: {options.pause:g} s a cell, differences: {len(problems)}", *problems]
        )
    )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
