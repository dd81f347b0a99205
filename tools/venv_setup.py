"""The folder .venv: made, filled by pip, and made again when it does not work any more."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from progress import Trouble, last_lines
from workcopy import write_whole

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
INSTALL_LIMIT = 1800  # seconds: a slow line is fine, a dead one is not


def venv_python():
    return str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def clean_env():
    """The environment for .venv: nothing in it that pulls in packages from elsewhere."""
    env = {key: value for key, value in os.environ.items() if key not in _FOREIGN}
    return {**env, "PIP_USER": "0"}


_FOREIGN = (
    *("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "__PYVENV_LAUNCHER__"),
    "MPLBACKEND",  # set to Agg, it would silence every chart in a notebook
)


def run(command, timeout):
    return subprocess.run(
        command, capture_output=True, text=True, errors="replace", timeout=timeout, env=clean_env()
    )


def read_stamp():
    """What .venv says of itself: where and with which Python it was made, what is installed."""
    try:
        return dict(json.loads((VENV / "netlab.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def write_stamp(**entries):
    write_whole(VENV / "netlab.json", json.dumps({**read_stamp(), **entries}).encode())


def version_hash(python):
    """Changes when the wanted packages or the Python do."""
    wanted = (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(wanted + python.encode()).hexdigest()


def venv_works():
    """Is .venv whole, here, and does its Python still run as the version it was made with?"""
    stamp = read_stamp()
    code = "import pip, sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = run([venv_python(), "-c", code], timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    whole = stamp.get("root") == str(ROOT) and not stamp.get("unpacking")
    return whole and done.stdout.strip() == stamp.get("python")


def make_venv(steps):
    """Step: a .venv that works, made again if it is unfinished, moved, or its Python is gone."""
    again = VENV.exists() and not venv_works()
    with steps.step("making .venv" + (" again (the old one is broken)" if again else "")):
        if VENV.exists() and not again:
            steps.result = "already there"
            return
        version = "{}.{}".format(*sys.version_info[:2])
        if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
            raise Trouble(
                f"This Python ({version}, {sys.executable}) cannot make a .venv: its parts venv "
                "and ensurepip are missing. On Debian and Ubuntu run: "
                f"sudo apt install python{version}-venv"
            )
        try:
            if again:
                shutil.rmtree(VENV)
            done = run([sys.executable, "-m", "venv", str(VENV)], timeout=300)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Trouble(
                f".venv could not be made: {error}. Close programs that use it, "
                "remove the folder .venv and run the same command again."
            ) from None
        if done.returncode:
            raise Trouble(f".venv could not be made:\n{last_lines(done.stdout + done.stderr)}")
        write_stamp(root=str(ROOT), python=version)


def install(steps, dev):
    """Step: netlab itself, editable, and all that it needs."""
    kind = "dev" if dev else "lab"
    what = "JupyterLab, netlab and test tools" if dev else "JupyterLab and netlab"
    wanted = version_hash(read_stamp()["python"])
    there = read_stamp().get(kind) == wanted
    with steps.step(f"installing {what}" + ("" if there else " (about a minute, once)")):
        if there:
            steps.result = "already there"
            return
        run_pip(".[dev,teach]" if dev else ".", steps.live)
        steps.live("fonts")
        warm_up()
        write_overrides(VENV)
        done = {"lab": wanted, "dev": wanted} if dev else {"lab": wanted}
        write_stamp(unpacking=False, **done)


def run_pip(target, live):
    command = [venv_python(), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    pip = subprocess.Popen(
        [*command, "--editable", target],
        cwd=ROOT,
        env=clean_env(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    limit = threading.Timer(INSTALL_LIMIT, pip.kill)
    limit.start()
    lines, packages = [], 0
    try:
        with pip:
            for line in pip.stdout:
                lines.append(line)
                packages += line.startswith(("Collecting ", "Processing "))
                unpacking = line.startswith("Installing collected")
                if unpacking:
                    write_stamp(unpacking=True)  # stopped from here on, .venv may be half a one
                live(f"{packages} to unpack" if unpacking else f"{packages} packages")
    finally:
        limit.cancel()
    if pip.returncode:
        text = "".join(line for line in lines if line.strip() and "note: " not in line)
        reason = "pip could not install netlab; its last words are above. "
        if "Retrying (" in text or "No space left" in text:
            cause = "the disk is full" if "No space left" in text else "no answer from the network"
            reason = f"pip could not install netlab: {cause}. "
        again = "Put that right and run the same command again: it goes on where it stopped."
        raise Trouble(f"{last_lines(text)}\n{reason}{again}")


def warm_up():
    """Draw up matplotlib's font list now, not in the learner's first cell."""
    code = "import jupyterlab, matplotlib.pyplot"
    try:
        done = run([venv_python(), "-c", code], timeout=600)
        words = done.stderr if done.returncode else ""
    except (OSError, subprocess.TimeoutExpired) as error:
        words = str(error)
    if words:
        write_stamp(root="damaged")  # so that the next run makes .venv anew
        raise Trouble(f"{last_lines(words)}\n.venv is damaged. Run again: it will be made anew.")


def write_overrides(prefix):
    """JupyterLab without its questions about news and updates; long lines wrap on small screens."""
    settings = {
        "@jupyterlab/apputils-extension:notification": {
            "fetchNews": "false",
            "checkForUpdates": False,
        },
        "@jupyterlab/notebook-extension:tracker": {"codeCellConfig": {"lineWrap": True}},
    }
    text = json.dumps(settings, indent=2)
    write_whole(prefix / "share/jupyter/lab/settings/overrides.json", text.encode())
