"""What every pytest run here shares: quiet traps, and a summary of what the notebooks proved."""

import os
import sys
from collections import Counter
from pathlib import Path

from nbval.plugin import IPyNbCell

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "tools"))  # the tools are scripts: import refresh, import lessons
os.environ.pop(
    "MPLBACKEND", None
)  # Agg in the environment would take the charts out of the notebooks


def pytest_configure(config):
    # On Windows zmq warns that it adds a thread of its own; as an error it would stop every kernel.
    config.addinivalue_line("filterwarnings", "ignore:Proactor event loop:RuntimeWarning")


def pytest_ignore_collect(collection_path):
    """A learner's own copies in work/ are theirs: never collected."""
    if (HERE / "work") in (collection_path, *collection_path.parents):
        return True


def pytest_itemcollected(item):
    if isinstance(item, IPyNbCell):
        compared = (
            item.options["check"]
            and not item.options["skip"]
            and item.cell.execution_count is not None
        )
        item.user_properties += [("notebook", item.path.name), ("compared", bool(compared))]


def pytest_terminal_summary(terminalreporter):
    line = terminalreporter.write_line
    ran = [
        r
        for kind in ("passed", "failed", "skipped")
        for r in terminalreporter.stats.get(kind, [])
        if r.when == "call" or r.outcome == "skipped"
    ]
    told = [r for r in ran if hasattr(r, "user_properties")]  # a skipped file is none of these
    cells = [r for r in told if "notebook" in dict(r.user_properties)]
    if cells:
        loose = [r for r in cells if not dict(r.user_properties)["compared"]]
        names = Counter(dict(r.user_properties)["notebook"] for r in cells)
        worst = max(Counter(dict(r.user_properties)["notebook"] for r in loose).values(), default=0)
        terminalreporter.section("notebooks", sep="-")
        line(f"notebooks run: {len(names)}, code cells: {len(cells)}")
        line(
            f"cells whose output is not compared: {len(loose)} of {len(cells)} "
            f"(at most {worst} a notebook)"
        )
        for report in loose:
            line(
                f"  {dict(report.user_properties)['notebook']} {report.nodeid.rpartition('::')[2]}"
            )
    for note in (text for r in told for key, text in r.user_properties if key == "note"):
        line(f"note: {note}")
    reasons = Counter(
        r.longrepr[2].removeprefix("Skipped: ")
        for r in ran
        if r.outcome == "skipped" and isinstance(r.longrepr, tuple)
    )
    for reason, count in reasons.most_common():
        line(f"skipped: {count} ({reason})")
