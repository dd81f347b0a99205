"""Run every notebook N times under strict comparison, and count the cells that were ever red."""

import argparse
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager, nullcontext
from pathlib import Path

from lessons import notebooks
from nbval_run import nbval
from tqdm import tqdm

RUN_SECONDS = 600


def stress(seconds):
    """The command for two busy processes that end by themselves after so many seconds."""
    program = shutil.which("stress-ng")
    if program is None:
        raise SystemExit(
            "expected the program stress-ng; came none; install it, or leave --stress out"
        )
    return [program, "--cpu", "2", "--timeout", f"{seconds}s", "--quiet"]


@contextmanager
def beside(command):
    """A program that runs meanwhile, surely stopped at the end."""
    process = subprocess.Popen(command)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=10)


def soak(times, paths):
    """A line a run and a total; returns {cell: how often it was red}."""
    red, cells, seconds = Counter(), 0, 0.0
    for number in tqdm(range(1, times + 1), desc="soak", unit="run", disable=None):
        run = nbval(paths, timeout=RUN_SECONDS)
        red.update(run.failed)
        cells, seconds = cells + run.cells, seconds + run.seconds
        tqdm.write(
            f"run {number}: {run.seconds:.1f} s, {run.cells} cells, failures: {len(run.failed)}"
        )
    tqdm.write(f"total: {times} runs, {seconds:.1f} s, {cells} cell runs, failures: {red.total()}")
    return red


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("times", type=int, metavar="N")
    parser.add_argument("--stress", action="store_true", help="with stress-ng --cpu 2 beside")
    parser.add_argument(
        "--notebook", action="append", type=Path, help="only this one; may be given again"
    )
    options = parser.parse_args(arguments)
    paths = [path.resolve() for path in options.notebook or notebooks()]
    if not paths or options.times < 1:
        parser.error(
            f"expected notebooks and at least one run; "
            f"came {len(paths)} notebooks, {options.times} runs"
        )
    with beside(stress(options.times * RUN_SECONDS)) if options.stress else nullcontext():
        red = soak(options.times, paths)
    for cell, count in red.most_common():
        print(f"  {cell}: red in {count} of {options.times} runs")
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main())
