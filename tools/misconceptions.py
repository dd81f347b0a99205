"""Write docs/misconceptions.md: each wrong belief, the experiment that shows it, who catches it."""

import argparse
import re
import sys
import tomllib
from dataclasses import dataclass, field

from lessons import ROOT, notebooks, read

from netlab.exercises.bank import NAMES, find, message

CATALOGUE, PAGE = ROOT / "netlab/exercises/misconceptions.toml", ROOT / "docs/misconceptions.md"
INTRODUCTION = """# What beginners believe about networks

{total} wrong beliefs, {shown} of which an experiment of the course shows to be wrong, and {caught}
of which an exercise catches: it names the belief only if an answer behaves, in every scenario,
exactly as a program that holds it. Some wait for their lesson. This page is written by
`python tools/misconceptions.py` from `netlab/exercises/misconceptions.toml`, the lessons and the
wrong programs in `netlab/exercises/*/wrong/`: change those, not this page.
"""


class Wrong(Exception):
    """A sentence for whoever keeps the catalogue."""


@dataclass
class Belief:
    number: str
    sentence: str
    shown: list = field(default_factory=list)  # links to the sections of its experiments
    planned: int | None = None
    caught: list = field(default_factory=list)  # (exercise, program, what the learner is told)


def beliefs():
    """All of the catalogue, in order."""
    with CATALOGUE.open("rb") as file:
        entries = tomllib.load(file)
    told = _told()
    if unknown := told.keys() - entries.keys():
        raise Wrong(
            f"{CATALOGUE.name}: expected {', '.join(sorted(unknown))}, which wrong programs name; "
            "came no such entry; add it"
        )
    return [
        Belief(
            number,
            entry["belief"],
            list(dict.fromkeys(_link(*cell.split()) for cell in entry.get("shown", []))),
            entry.get("planned"),
            told.get(number, []),
        )
        for number, entry in entries.items()
    ]


def page(found):
    """The whole page as Markdown."""
    parts = [
        INTRODUCTION.format(
            total=len(found),
            shown=sum(bool(belief.shown) for belief in found),
            caught=sum(bool(belief.caught) for belief in found),
        )
    ]
    for belief in found:
        lines = [f"## {belief.number}. {belief.sentence}", ""]
        if belief.shown:
            lines.append(f"Shown in {', and in '.join(belief.shown)}.")
        if belief.planned:
            lines.append(f"{'More is' if belief.shown else 'Planned:'} {_lesson(belief)}.")
        lines += [""] * bool(belief.caught)
        lines += [f"- `{name}`, {program}: {words}" for name, program, words in belief.caught]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if the page is stale"
    )
    options = parser.parse_args(arguments)
    try:
        fresh = page(beliefs())
    except Wrong as wrong:
        print(wrong)
        return 1
    stale = not PAGE.exists() or PAGE.read_text("utf-8") != fresh
    if options.check and stale:
        print(
            f"{PAGE.name}: expected what the exercises say; came an older page; "
            "run python tools/misconceptions.py"
        )
        return 1
    if stale:
        PAGE.write_text(fresh, "utf-8")
    print(f"{'wrote' if stale else 'up to date:'} {PAGE.relative_to(ROOT)}")
    return 0


def _told():
    """{number: [(exercise, program, message)]} of every wrong program."""
    told = {}
    for name in NAMES:
        for program, answer in find(name).wrong.items():
            sentence, _, *middle, _ = message(answer)
            number, _, words = sentence.partition(": ")
            words = " ".join([words, *middle])
            told.setdefault(number, []).append((name, program.replace("_", " "), words))
    return told


def _link(number, cell_id):
    """To the section that the cell stands in."""
    for path in notebooks():
        nb = read(path)
        if nb.metadata.netlab.number == number:
            section = _section(nb, cell_id)
            if section is None:
                break
            where = f"{path.relative_to(ROOT).as_posix()}#{section.replace(' ', '-')}"
            return f"[lesson {number}, {section}](../{where})"
    raise Wrong(
        f"{CATALOGUE.name}: expected a lesson and a cell of it; came {number} {cell_id}; "
        "look up the cell's id in the notebook"
    )


def _section(nb, cell_id):
    section = None
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            headings = re.findall(r"^##+ (.+)$", cell.source, re.MULTILINE)
            section = headings[-1] if headings else section
        if cell.id == cell_id:
            return section
    return None


def _lesson(belief):
    return f"planned for lesson {belief.planned}" if belief.shown else f"lesson {belief.planned}"


if __name__ == "__main__":
    sys.exit(main())
