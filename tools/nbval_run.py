"""One strict nbval run over some notebooks, and which of their cells were red."""

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from lessons import ROOT


@dataclass
class Run:
    seconds: float
    cells: int
    failed: list[str]  # "first-socket.ipynb::Cell 3"; nbval counts code cells from 0
    text: str


def nbval(paths, timeout=600):
    """Run pytest as a person would, from the project's folder and with its settings."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        inside = all(Path(path).resolve().is_relative_to(ROOT) for path in paths)
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-c",
            ROOT / "pyproject.toml",
            "--rootdir",
            ROOT,
            *(
                [] if inside else ["-p", "conftest"]
            ),  # pytest looks for it beside the notebooks only
            "-p",
            "no:cacheprovider",
            f"--junitxml={report}",
            *paths,
        ]
        start = time.perf_counter()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=timeout)
        seconds = time.perf_counter() - start
        text = done.stdout + done.stderr
        if done.returncode not in (0, 1):
            raise SystemExit(
                f"expected pytest to run {[str(p) for p in paths]}; it ended with "
                f"{done.returncode}:\n{text}\nput right what it says"
            )
        cases = list(ElementTree.parse(report).iter("testcase"))
    failed = [_name(case) for case in cases if {"failure", "error"} & {child.tag for child in case}]
    return Run(seconds, len(cases), failed, text)


def _name(case):
    notebook = next(
        (p.get("value") for p in case.iter("property") if p.get("name") == "notebook"), ""
    )
    return f"{notebook or case.get('classname')}::{case.get('name')}"
