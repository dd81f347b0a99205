"""JupyterLab, started for a while on a cleared copy of the lessons, with settings of its own."""

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

from lessons import ROOT
from workcopy import handed_out, lesson_files

START_SECONDS = 60


def copy_cleared(target, source=ROOT / "notebooks"):
    """What a learner starts with: the lessons and what lies beside them, without outputs."""
    for name in lesson_files(source):
        path = Path(target, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(handed_out(source / name))


@contextmanager
def lab(root):
    """JupyterLab serving `root` on a free port; yields its URL."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, ExitStack() as stack:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "jupyterlab",
                "--no-browser",
                "--allow-root",
                "--ip=127.0.0.1",
                "--port=0",
                "--IdentityProvider.token=",
                "--ServerApp.password=",
                "--expose-app-in-browser",
                f"--notebook-dir={root}",
            ],
            env=_environment(Path(home)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        said, url, ready = [], [], threading.Event()

        def listen():  # reads to the end, so that the server never waits for a full pipe
            for line in process.stderr:
                said.append(line)
                if not ready.is_set() and (found := re.search(r"http://127\.0\.0\.1:\d+/", line)):
                    url.append(found[0])
                    ready.set()
            ready.set()

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        stack.callback(process.stderr.close)  # the last of three: stop, read to the end, close
        stack.callback(listener.join, 10)
        stack.callback(_stop, process)
        if not ready.wait(START_SECONDS) or not url:
            raise RuntimeError(
                f"expected JupyterLab to start within {START_SECONDS} s; it said:\n{''.join(said)}"
            )
        _wait_until_it_answers(url[0], process)
        yield url[0]


def _environment(home):
    """Nothing of this user's Jupyter: its settings and files go into a folder of our own."""
    settings = {
        # every cell is there, seen or not, and nothing below the last
        "notebook-extension/tracker": {"windowingMode": "none", "scrollPastEnd": False},
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    }
    for name, values in settings.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    }
    environment = {**os.environ, **{key: str(home / name) for key, name in folders.items()}}
    environment.pop("MPLBACKEND", None)
    return environment


def _wait_until_it_answers(url, process):
    """JupyterLab prints its address a moment before it listens."""
    deadline = time.monotonic() + START_SECONDS
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        try:
            return direct.open(f"{url}api/status", timeout=10).close()
        except OSError as problem:
            try:
                process.wait(
                    timeout=0.05
                )  # the pause until the next try, cut short if it has ended
            except subprocess.TimeoutExpired:
                if time.monotonic() < deadline:
                    continue
            raise RuntimeError(
                f"expected JupyterLab to answer at {url}; came {problem}; run it by hand"
            ) from problem


def _stop(process):
    """Ask, so that the server ends its kernels; then insist."""
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=15)
