"""Run the lessons in a browser; save pictures at each width and in each theme, to look at."""

import argparse
import sys
import tempfile
from pathlib import Path

from lab_page import (
    browser_page,
    differences,
    look,
    open_notebook,
    run_all,
    screenshots,
    shown_notebook,
)
from lab_server import copy_cleared, lab
from lessons import ROOT, notebooks, read
from tqdm import tqdm

LOOKS = [(width, theme) for theme in ("light", "dark") for width in (1200, 800)]


def shoot(page, url, path, root, out):
    """Run one notebook, picture it from all sides; the sentences that say what differed."""
    open_notebook(page, url, path.relative_to(root).as_posix())
    run_all(page)
    problems = differences(read(path), shown_notebook(page))
    count = 0
    for width, theme in LOOKS:
        look(page, width, theme)
        count += len(screenshots(page, out, f"{path.stem}-{width}-{theme}"))
    tqdm.write(
        "\n  ".join([f"{path.stem}: {count} pictures, differences: {len(problems)}", *problems])
    )
    return problems


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--notebook", action="append", type=Path, help="only this one; may be given again"
    )
    parser.add_argument("--root", type=Path, default=ROOT / "notebooks", help="folder of lessons")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    paths = [path.resolve() for path in options.notebook or notebooks(root)]
    problems = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy_cleared(Path(folder, "work"), root)
        with lab(Path(folder, "work")) as url:
            for path in tqdm(paths, desc="screenshots", unit="lesson", disable=None):
                with browser_page() as page:
                    problems += shoot(page, url, path, root, options.out)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
