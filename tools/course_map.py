"""Write the table of lessons into README.md and start-here.ipynb, from their own metadata."""

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from lessons import ROOT, notebooks, read, tags, write

BEGIN, END = "<!-- course-map -->", "<!-- /course-map -->"
FIELDS = {"number": str, "title": str, "minutes": int, "needs": list, "shows": str}


class Wrong(Exception):
    """A sentence for whoever keeps the lessons."""


@dataclass
class Entry:
    link: str  # relative to notebooks/
    number: str
    title: str
    minutes: int
    needs: list[str]
    shows: str


def entries(folder):
    """One entry a lesson, in order of number."""
    found = []
    for path in notebooks(folder):
        says = read(path).metadata.get("netlab", {})
        for field, kind in FIELDS.items():
            if not isinstance(says.get(field), kind):
                raise Wrong(
                    f'{path.name}: expected "{field}" ({kind.__name__}) in the metadata "netlab"; '
                    f"came {says.get(field)!r}; add it there"
                )
        found.append(
            Entry(path.relative_to(folder).as_posix(), **{field: says[field] for field in FIELDS})
        )
    _check_tree(folder, found)
    return sorted(found, key=lambda entry: int(entry.number))


def table(lessons, prefix=""):
    titles = {lesson.number: lesson.title for lesson in lessons}
    rows = ["| lesson | what it shows | time | needs |", "|---|---|---|---|"]
    for lesson in lessons:
        needs = ", ".join(titles[number] for number in lesson.needs) or "–"
        rows.append(
            f"| [{lesson.title}]({prefix}{lesson.link}) | {lesson.shows} "
            f"| {lesson.minutes} min | {needs} |"
        )
    return "\n".join(rows)


def in_readme(text, rows):
    """The README with a fresh table between its two marks."""
    if not (BEGIN in text and END in text):
        raise Wrong(
            f"README.md: expected a place for the course map; came none; write {BEGIN} and {END}"
        )
    return re.sub(f"{BEGIN}.*?{END}", lambda _: f"{BEGIN}\n{rows}\n{END}", text, flags=re.DOTALL)


def in_start(nb, rows):
    """Put the table into the cell tagged course-map; its heading line stays. Was it stale?"""
    cells = [
        cell for cell in nb.cells if cell.cell_type == "markdown" and "course-map" in tags(cell)
    ]
    if len(cells) != 1:
        raise Wrong(
            f"start-here.ipynb: expected one markdown cell tagged course-map; "
            f"came {len(cells)}; tag one"
        )
    above = cells[0].source.partition("| lesson |")[0].rstrip()
    fresh = f"{above}\n\n{rows}" if above else rows
    stale, cells[0].source = cells[0].source != fresh, fresh
    return stale


def update(root, check=False):
    """Bring both tables up to date, or with check only name the stale ones."""
    folder = root / "notebooks"
    lessons = entries(folder)
    readme, start = root / "README.md", folder / "start-here.ipynb"
    old, nb, stale = readme.read_text(encoding="utf-8"), read(start), []
    new = in_readme(old, table(lessons, "notebooks/"))
    if new != old:
        stale.append(readme.name)
    if in_start(nb, table(lessons)):
        stale.append(start.name)
    if not check:
        if readme.name in stale:
            readme.write_text(new, encoding="utf-8", newline="\n")
        if start.name in stale:
            write(nb, start)
    return stale


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a table is stale"
    )
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    try:
        stale = update(options.root, options.check)
    except Wrong as wrong:
        print(wrong)
        return 1
    if options.check and stale:
        print(
            f"expected the course map of the lessons in {' and '.join(stale)}; came an older one; "
            "run python tools/course_map.py"
        )
        return 1
    print(
        "the course map is up to date"
        if not stale
        else f"wrote the course map into {' and '.join(stale)}"
    )
    return 0


def _check_tree(folder, found):
    """Each folder a lesson, each lesson in its folder, numbers unique, needs known."""
    if not (folder / "start-here.ipynb").exists():
        raise Wrong("notebooks/: expected start-here.ipynb; came none; write it")
    for place in sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith(".")):
        lesson = place / f"{place.name.partition('-')[2]}.ipynb"
        if not lesson.exists():
            raise Wrong(
                f"notebooks/{place.name}: expected {lesson.name} in it; came none; write it, "
                "or take the folder away"
            )
    numbers = [entry.number for entry in found]
    for entry in found:
        if "/" in entry.link and not re.fullmatch(
            rf"{entry.number}-([\w-]+)/\1\.ipynb", entry.link
        ):
            raise Wrong(
                f"notebooks/{entry.link}: expected {entry.number}-name/name.ipynb; "
                "came another place; move it"
            )
        if "/" not in entry.link and entry.link != "start-here.ipynb":
            raise Wrong(f"notebooks/{entry.link}: expected a folder of its own; came none; move it")
        if numbers.count(entry.number) > 1:
            raise Wrong(
                f"notebooks/{entry.link}: expected a number of its own; "
                f"came {entry.number} twice; change one"
            )
        for number in entry.needs:
            if number not in numbers:
                raise Wrong(
                    f"notebooks/{entry.link}: expected lessons among {numbers} in needs; "
                    f"came {number!r}; correct it"
                )


if __name__ == "__main__":
    sys.exit(main())
