"""Run the README's commands as printed, in a new clone, and say how long each took."""

import argparse
import json
import os
import queue
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 900  # seconds for any one command
BLOCK = re.compile(r"^```(sh|bat)\n(.*?)^```$", re.M | re.S)


def commands(text):
    """The commands in a README's sh and bat blocks, as (language, line)."""
    return [(kind, line) for kind, block in BLOCK.findall(text) for line in block.splitlines()]


class Running:
    """A command in a process group of its own, its output shown and searched line by line."""

    def __init__(self, line, folder, env):
        self.lines = queue.Queue()
        self.process = subprocess.Popen(
            ["sh", "-c", line],
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            # a job in the background ignores Ctrl-C and hands that on; a person's terminal does not
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        threading.Thread(target=self._read, daemon=True).start()
        self.deadline = time.monotonic() + LIMIT

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put("")

    def until(self, pattern):
        """The first match in the output, or None when the output ends without one."""
        while True:
            try:
                line = self.lines.get(timeout=max(0, self.deadline - time.monotonic()))
            except queue.Empty:
                self.signal(signal.SIGKILL)
                raise SystemExit(f"no end after {LIMIT} s while waiting for {pattern}") from None
            print("    " + line.rstrip(), flush=True)
            if not line:
                return None
            if match := re.search(pattern, line):
                return match

    def signal(self, number):
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            pass

    def stop(self):
        """Ctrl-C, twice as the README says; True if that was enough."""
        for number, patience in ((signal.SIGINT, 2), (signal.SIGINT, 20), (signal.SIGKILL, 20)):
            self.signal(number)
            try:
                self.process.wait(timeout=patience)
                return number != signal.SIGKILL
            except subprocess.TimeoutExpired:
                continue
        return False


def try_lab(line, folder, env):
    """Start JupyterLab as printed; (did its first page answer, seconds until it did)."""
    start = time.monotonic()
    running = Running(line, folder, env)
    try:
        found = running.until(r"https?://127\.0\.0\.1:\d+(/\S*)token=(\w+)")
        good = bool(found) and answers(found[0])
        return good, time.monotonic() - start
    finally:
        if not running.stop():
            raise SystemExit(f"'{line}' did not end after Ctrl-C twice")


def answers(url, patience=20):
    """Does JupyterLab serve its page, and the notebook that it opens?"""
    page, token = url.split("?token=")
    notebook = page.replace("/lab/tree/", "/api/contents/")
    end = time.monotonic() + patience
    while True:
        try:
            return "JupyterLab" in get(url, token) and '"type": "notebook"' in get(notebook, token)
        except OSError as error:  # its address is printed a moment before it listens
            if time.monotonic() > end:
                print(f"    JupyterLab does not answer as it should: {error}", flush=True)
                return False
            time.sleep(0.1)


def get(url, token):
    request = urllib.request.Request(url, headers={"Authorization": f"token {token}"})
    with urllib.request.urlopen(request, timeout=30) as reply:
        return reply.read().decode()


def try_plain(line, folder, env):
    """Run a command to its end; (did it succeed, seconds)."""
    start = time.monotonic()
    running = Running(line, folder, env)
    running.until(r"\Z\A.")  # never matches: reads to the end
    return running.process.wait(timeout=LIMIT) == 0, time.monotonic() - start


def quiet_browser(folder):
    """An environment in which JupyterLab takes a free port and opens no browser."""
    settings = {"ServerApp": {"open_browser": False, "port": 0}}
    (folder / "jupyter_server_config.json").write_text(json.dumps(settings), encoding="utf-8")
    return {**os.environ, "JUPYTER_CONFIG_DIR": str(folder), "BROWSER": "true"}


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--no-test", action="store_true", help="leave `make test` out")
    no_test = options.parse_args().no_test
    table, failed, not_run = [], 0, 0

    def row(line, verdict, seconds=None):
        table.append(f"{line:52} {verdict:8} " + ("" if seconds is None else f"{seconds:6.1f} s"))

    with tempfile.TemporaryDirectory(prefix="netlab-readme-") as scratch:
        folder = Path(scratch) / "netlab"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True, timeout=120)
        config = Path(scratch) / "jupyter"
        config.mkdir()
        env = quiet_browser(config)
        for kind, line in commands((folder / "README.md").read_text(encoding="utf-8")):
            if kind == "bat" or not line.startswith("make "):
                not_run += 1
                row(line, "NOT RUN", None)
                continue
            if line == "make test" and no_test:
                row(line, "left out")
                continue
            for again in ["", "   (again)"] if line == "make lab" else [""]:
                print(f"$ {line}{again}", flush=True)
                try_it = try_lab if line == "make lab" else try_plain
                good, seconds = try_it(line, folder, env)
                failed += not good
                row(line + again, "ok" if good else "FAILED", seconds)
    print("\nThe README's commands, as printed, in a new clone of the last commit:")
    print("\n".join(table))
    print(f"{not_run} commands could not be run here: they need conda or Windows.")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
