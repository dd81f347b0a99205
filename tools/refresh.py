"""Run notebooks, save outputs without what changes by itself, show the difference, verify."""

import argparse
import difflib
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import ipykernel.kernelspec
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from lessons import ROOT, code_cells, notebooks, read, tags, texts, write
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbval_run import nbval

CELL_SECONDS = 60
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
WIDGET = "application/vnd.jupyter.widget-view+json"


class ThisPython(AsyncKernelManager):
    """Whatever kernels are installed: run the notebook with the Python that runs this tool."""

    @property
    def kernel_spec(self):
        return KernelSpec(**ipykernel.kernelspec.get_kernel_dict())


def execute(nb, folder):
    """Run all cells in the notebook's folder; a cell tagged nbval-skip keeps what it had."""
    NotebookClient(
        nb,
        kernel_manager_class=ThisPython,
        timeout=CELL_SECONDS,
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        skip_cells_with_tag="nbval-skip",
    ).execute(stderr=subprocess.DEVNULL)  # what the kernel program itself has to say
    for number, cell in enumerate(code_cells(nb), 1):
        cell.execution_count = number
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = number


def strip(nb):
    """Take out what differs on every run and says nothing; keep cell ids and tags."""
    nb.metadata.pop("widgets", None)
    nb.metadata["kernelspec"] = KERNELSPEC
    nb.metadata.get("language_info", {}).pop("version", None)
    for cell in nb.cells:
        for key in ("execution", "collapsed", "scrolled"):
            cell.metadata.pop(key, None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)


def keep_pictures(nb, old):
    """Where neither code nor words changed, the old picture stays: no binary churn."""
    before = {cell.id: cell for cell in code_cells(old)}
    for cell in code_cells(nb):
        was = before.get(cell.id)
        if was is None or (was.source, texts(was)) != (cell.source, texts(cell)):
            continue
        pictures = [_data(output) for output in was.outputs if "image/png" in _data(output)]
        drawn = [_data(output) for output in cell.outputs if "image/png" in _data(output)]
        if len(pictures) == len(drawn):
            for new, kept in zip(drawn, pictures, strict=True):
                new["image/png"] = kept["image/png"]


def difference(old, new, name):
    """A unified diff of sources and text outputs."""
    return "".join(
        difflib.unified_diff(_lines(old), _lines(new), f"{name} (was)", f"{name} (now)", n=2)
    )


def refresh(path, pictures=False, record=False):
    """Refresh one notebook; return the sentence that says why it failed, or nothing."""
    old, nb = read(path), read(path)
    try:
        with _set("NETLAB_RECORD", record):
            execute(nb, path.parent)
    except CellExecutionError as problem:
        return (
            f"expected no error; came {problem.ename}: {problem.evalue}; "
            f"mend the cell, or tag it raises-exception\n"
            f"{problem.traceback}\n{path.name} was left as it was"
        )
    strip(nb)
    if not pictures:
        keep_pictures(nb, old)
    write(nb, path)
    print(difference(old, nb, path.name), end="")
    for played in (False, True) if uses_network(nb) else (False,):
        with _set("NETLAB_NO_NETWORK", played):
            run = nbval([path])
        if run.failed:
            return (
                f"expected the same outputs twice{' (played back)' * played}; these differ: "
                f"{', '.join(run.failed)}; show what is the same on every run\n{run.text}"
            )
    return None


def uses_network(nb):
    """Does a cell make a network that has a recording?"""
    return any("recording=" in cell.source for cell in code_cells(nb))


@contextmanager
def _set(name, wanted):
    """An environment variable for the kernels that start meanwhile."""
    if wanted:
        os.environ[name] = "1"
    try:
        yield
    finally:
        if wanted:
            del os.environ[name]


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebook", nargs="*", type=Path)
    parser.add_argument("--all", action="store_true", help="every notebook of the course")
    parser.add_argument(
        "--record", action="store_true", help="record the networks of every lesson again"
    )
    parser.add_argument(
        "--pictures", action="store_true", help="also where code and words did not change"
    )
    options = parser.parse_args(arguments)
    if bool(options.notebook) == options.all and not options.record:
        parser.error("expected notebooks, --all or --record; name one of the three")
    os.environ.pop("MPLBACKEND", None)  # else no chart would be shown
    failures = 0
    chosen = options.notebook or notebooks()
    if options.record:
        chosen = [path for path in chosen if uses_network(read(path))]
    for path in (path.resolve() for path in chosen):
        name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        start = time.perf_counter()
        problem = refresh(path, options.pictures, options.record)
        failures += bool(problem)
        print(
            f"{name}: {problem or 'saved and verified'} ({time.perf_counter() - start:.1f} s)",
            flush=True,
        )
    return 1 if failures else 0


def _data(output):
    return output.get("data", {})


def _lines(nb):
    """A notebook as text: of each cell its kind, tags, source, and what it shows in words."""
    lines = []
    for cell in nb.cells:
        lines.append(f"--- {' '.join([cell.cell_type, *sorted(tags(cell))])} ---\n")
        lines += [f"{line}\n" for line in cell.source.splitlines()]
        if cell.cell_type == "code":
            said = texts(cell)
            for text in (said["stdout"], said["stderr"], *said["shown"], said["error"]):
                lines += [f"  > {line}\n" for line in text.splitlines()]
    return lines


if __name__ == "__main__":
    sys.exit(main())
