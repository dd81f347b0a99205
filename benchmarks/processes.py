"""Start the programs in peers/ and end them again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0  # seconds for any one batch


class Peer:
    """A running program of peers/, spoken to in lines."""

    def __init__(self, name: str, *arguments: object) -> None:
        self._process = subprocess.Popen(
            command(name, *arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            env=environment(),
        )

    def line(self) -> str:
        assert self._process.stdout is not None
        if not (line := self._process.stdout.readline()):
            raise RuntimeError(f"{self._process.args} ended before it answered")
        return line.rstrip()

    def tell(self, line: str) -> None:
        """Send a line, and wait until it has been obeyed."""
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self.line()

    def close(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.terminate()
        self._process.wait(PATIENCE)
        self._process.stdin.close()
        self._process.stdout.close()


@contextmanager
def peer(name: str, *arguments: object) -> Iterator[tuple[Peer, int]]:
    """A server of peers/ and its port."""
    running = Peer(name, *arguments)
    try:
        yield running, int(running.line())
    finally:
        running.close()


def ask(name: str, *arguments: object) -> str:
    """Run a program of peers/ to its end; what it printed."""
    return subprocess.run(
        command(name, *arguments),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=PATIENCE,
        env=environment(),
    ).stdout


def command(name: str, *arguments: object) -> list[str]:
    return [sys.executable, "-m", f"benchmarks.peers.{name}", *map(str, arguments)]


def environment() -> dict[str, str]:
    """This tree before any installed netlab, in the peers and in the children of netlab."""
    return os.environ | {"PYTHONPATH": str(ROOT)}
