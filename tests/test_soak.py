"""soak counts, names what was red, and stops what it started."""

import sys

import pytest
import soak
from nbval_run import Run


def runs(monkeypatch, *failures):
    results = iter(failures)
    monkeypatch.setattr(soak, "nbval", lambda paths, timeout: Run(1.5, 8, next(results), ""))


def test_counts_and_names(monkeypatch, capsys):
    runs(monkeypatch, [], ["a.ipynb::Cell 3"], ["a.ipynb::Cell 3", "a.ipynb::Cell 4"])
    assert soak.main(["3", "--notebook", "a.ipynb"]) == 1
    out = capsys.readouterr().out
    assert "run 2: 1.5 s, 8 cells, failures: 1" in out
    assert "total: 3 runs, 4.5 s, 24 cell runs, failures: 3" in out
    assert "a.ipynb::Cell 3: red in 2 of 3 runs" in out


def test_all_green(monkeypatch, capsys):
    runs(monkeypatch, [], [])
    assert soak.main(["2", "--notebook", "a.ipynb"]) == 0
    assert "16 cell runs, failures: 0" in capsys.readouterr().out


def test_what_runs_beside_is_stopped_even_after_an_error():
    waits = [sys.executable, "-c", "import threading; threading.Event().wait(60)"]
    with pytest.raises(KeyError), soak.beside(waits) as process:
        raise KeyError
    assert process.returncode is not None


def test_stress_needs_its_program(monkeypatch):
    monkeypatch.setattr(soak.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match="install it"):
        soak.stress(60)


def test_stress_ends_by_itself(monkeypatch):
    monkeypatch.setattr(soak.shutil, "which", lambda name: name)
    assert soak.stress(60)[-3:] == ["--timeout", "60s", "--quiet"]
