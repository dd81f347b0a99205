"""tools/lab.py: what it prints, when it installs again, and what it says when it cannot."""

import ast
import json
import os
import re
import subprocess
import sys

import pytest

from tests.tools import ROOT, load

lab = load("tools/lab.py")
progress = load("tools/progress.py")
venv_setup = load("tools/venv_setup.py")


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A project folder with one lesson, in place of the real one."""
    (tmp_path / "notebooks").mkdir()
    notebook = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "notebooks/start-here.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    for module in (lab, venv_setup):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(lab, "WORK", tmp_path / "work")
    monkeypatch.setattr(venv_setup, "VENV", tmp_path / ".venv")
    return tmp_path


@pytest.fixture
def pip(monkeypatch):
    """Stands in for pip and the font list; counts the installations."""
    calls = []
    monkeypatch.setattr(venv_setup, "run_pip", lambda target, live: calls.append(target))
    monkeypatch.setattr(venv_setup, "warm_up", lambda: None)
    return calls


@pytest.fixture
def venv(clone):
    """A .venv whose stamp is right and whose Python is this one."""
    python = clone / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(clone / ".venv")],
        check=True,
        timeout=120,
    )
    packages = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        timeout=60,
        capture_output=True,
        text=True,
    ).stdout.strip()
    with open(os.path.join(packages, "pip.py"), "w", encoding="utf-8"):
        pass
    version = "{}.{}".format(*sys.version_info[:2])
    venv_setup.write_stamp(root=str(clone), python=version)
    return clone / ".venv"


def test_the_second_time_nothing_is_installed(clone, venv, pip, capsys):
    for _ in range(2):
        lab.set_up(dev=False)
    assert pip == ["."]
    first, second = capsys.readouterr().out.split("[1/2]")[1:]
    assert re.search(
        r"installing JupyterLab and netlab \(about a minute, once\) \.\.\. \d+ s", first
    )
    assert second.splitlines() == [
        " making .venv ... already there",
        "[2/2] installing JupyterLab and netlab ... already there",
    ]


def test_changed_dependencies_are_installed(clone, venv, pip):
    lab.set_up(dev=False)
    (clone / "pyproject.toml").write_text("[project] # new\n", encoding="utf-8")
    lab.set_up(dev=False)
    assert pip == [".", "."]


def test_the_test_tools_have_their_own_stamp(clone, venv, pip):
    for dev in (False, True, False, True):
        lab.set_up(dev)
    assert pip == [".", ".[dev,teach]"]


def test_an_installation_that_failed_is_taken_up_again(clone, venv, pip, monkeypatch):
    def no_network(target, live):
        raise progress.Trouble("no network")

    with monkeypatch.context() as patched:
        patched.setattr(venv_setup, "run_pip", no_network)
        with pytest.raises(progress.Trouble):
            lab.set_up(dev=False)
    lab.set_up(dev=False)
    assert pip == ["."]


@pytest.mark.parametrize(
    "damage", ["moved", "no stamp", "python gone", "half a stamp", "other python", "half unpacked"]
)
def test_a_broken_venv_is_made_again(clone, venv, damage, monkeypatch, capsys):
    made = []

    def run(command, timeout):
        if "venv" not in command:
            return real(command, timeout)
        made.append(command)
        venv.mkdir(exist_ok=True)
        return subprocess.CompletedProcess(command, 0, "", "")

    real = venv_setup.run
    monkeypatch.setattr(venv_setup, "run", run)
    match damage:
        case "moved":
            venv_setup.write_stamp(root="/elsewhere")
        case "no stamp":
            (venv / "netlab.json").unlink()
        case "half a stamp":
            (venv / "netlab.json").write_text('{"root": ', encoding="utf-8")
        case "other python":
            venv_setup.write_stamp(python="3.10")
        case "half unpacked":
            venv_setup.write_stamp(unpacking=True)
        case "python gone":
            os.unlink(venv_setup.venv_python())
    venv_setup.make_venv(progress.Steps(1))
    assert len(made) == 1
    assert not (venv / "pyvenv.cfg").exists(), "the old one should have been removed"
    assert "making .venv again" in capsys.readouterr().out


def test_without_ensurepip_the_missing_package_is_named(clone, monkeypatch):
    monkeypatch.setattr(venv_setup.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(progress.Trouble, match=r"sudo apt install python3\.\d+-venv"):
        venv_setup.make_venv(progress.Steps(1))


@pytest.mark.parametrize(
    "words, cause",
    [
        ("WARNING: Retrying (Retry(total=4", "no answer from the network"),
        ("ERROR: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: no way", "its last words are above"),
    ],
)
def test_a_failing_pip_is_quoted_and_the_cause_named(clone, monkeypatch, words, cause):
    fake = [sys.executable, "-c", f"raise SystemExit({words!r})"]
    popen = subprocess.Popen
    monkeypatch.setattr(
        venv_setup.subprocess, "Popen", lambda command, **options: popen(fake, **options)
    )
    with pytest.raises(progress.Trouble) as caught:
        venv_setup.run_pip(".", lambda text: None)
    said = str(caught.value)
    assert words in said and cause in said and "run the same command again" in said


def test_work_is_brought_up_to_date(clone, capsys):
    lab.main(["work"])
    lab.main(["work"])
    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"[1/1] bringing work/ up to date ... {n} new, 0 changed" for n in (1, 0)]


def test_jupyterlab_opens_the_first_page_in_work_and_takes_more_arguments(clone, monkeypatch):
    commands = []
    monkeypatch.setattr(lab, "hand_over", lambda command, env: commands.append(command))
    monkeypatch.setattr(lab.importlib.util, "find_spec", lambda name: name)
    lab.main(["open", "--", "--no-browser", "--port", "0"])
    [command] = commands
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert command[-3:] == ["--no-browser", "--port", "0"]
    assert f"--ServerApp.root_dir={clone / 'work'}" in command
    assert "--LabApp.default_url=/lab/tree/start-here.ipynb" in command
    assert (clone / "work/start-here.ipynb").exists()


def test_jupyterlab_asks_nothing_about_news(tmp_path):
    venv_setup.write_overrides(tmp_path)
    text = (tmp_path / "share/jupyter/lab/settings/overrides.json").read_text(encoding="utf-8")
    settings = json.loads(text)
    news = settings["@jupyterlab/apputils-extension:notification"]
    assert news == {"fetchNews": "false", "checkForUpdates": False}
    editor = settings["@jupyterlab/notebook-extension:tracker"]["codeCellConfig"]
    assert editor == {"lineWrap": True}


def test_open_without_jupyterlab_says_what_to_do(clone, monkeypatch):
    monkeypatch.setattr(lab.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(progress.Trouble, match="conda activate netlab"):
        lab.main(["open"])


def test_foreign_packages_are_kept_out(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/opt/ros/packages")
    monkeypatch.setenv("MPLBACKEND", "Agg")
    env = venv_setup.clean_env()
    assert env["PIP_USER"] == "0" and not {"PYTHONPATH", "MPLBACKEND"} & env.keys()


@pytest.mark.parametrize("args", [["install", "--dve"], ["lba"], ["lab", "--port"]])
def test_an_unknown_command_gets_the_list(args):
    result = run_lab(*args)
    assert result.returncode == 1
    assert "is none of the commands" in result.stderr and "reset LESSON" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_old_python_gets_a_sentence_or_a_newer_python(monkeypatch):
    commands = []
    monkeypatch.setattr(lab, "hand_over", lambda command, env: commands.append(command))
    monkeypatch.setattr(lab.shutil, "which", lambda name: sys.executable)
    lab.run_with_newer_python()
    assert commands == [[sys.executable, *sys.argv]]
    monkeypatch.setattr(lab.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer, but this is"):
        lab.run_with_newer_python()


def test_an_old_python_can_read_the_file_that_says_so():
    ast.parse((ROOT / "tools/lab.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_help():
    result = run_lab("help")
    assert result.returncode == 0 and "reset LESSON" in result.stdout


def run_lab(*args):
    command = [sys.executable, "tools/lab.py", *args]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
