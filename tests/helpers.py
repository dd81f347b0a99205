"""What the resilience tests share: deadlines, counts of what is left, a real kernel."""

from __future__ import annotations

import os
import queue
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psutil
import pytest

ROOT = Path(__file__).parent.parent
HOSTS = ["127.0.0.1", "::1"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}

linux = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what the kernel shows")
posix = pytest.mark.skipif(os.name != "posix", reason="needs fork and signals")


def eventually(condition: Callable[[], Any], within: float = 5.0, what: str = "") -> Any:
    """The first true value of `condition()`; a failed test if there is none within the time."""
    deadline = time.monotonic() + within
    while not (value := condition()):
        if time.monotonic() > deadline:
            pytest.fail(f"not within {within:g} s: {what or 'the condition waited for'}")
        time.sleep(0.005)
    return value


class Footprint(NamedTuple):
    """What a process holds at one moment."""

    threads: int
    descriptors: int
    processes: int

    @classmethod
    def of(cls, pid: int = 0) -> Footprint:
        process = psutil.Process(pid or os.getpid())
        children = [c for c in process.children(recursive=True) if alive(c.pid)]
        descriptors = process.num_fds() if os.name == "posix" else process.num_handles()
        return cls(process.num_threads(), descriptors, len(children))


def returns_to(before: Footprint, pid: int = 0, within: float = 5.0) -> None:
    """Wait until process `pid` holds no more than `before`, in every respect."""
    last = before

    def small() -> bool:
        nonlocal last
        last = Footprint.of(pid)
        return all(now <= then for now, then in zip(last, before, strict=True))

    try:
        eventually(small, within)
    except pytest.fail.Exception:
        pytest.fail(f"left over: {last}, before: {before}")


def alive(pid: int) -> bool:
    """Whether process `pid` runs; a zombie, which only waits to be counted, does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def connect(server: Any, timeout: float = 5.0) -> socket.socket:
    address = server if isinstance(server, tuple | list) else server.address
    return socket.create_connection(tuple(address), timeout=timeout)


def answers(server: Any, message: bytes = b"still there?") -> bool:
    """Whether `server` (or the server behind a relay) echoes a message."""
    with connect(server) as sock:
        sock.sendall(message)
        got = b""
        while len(got) < len(message) and (data := sock.recv(4096)):
            got += data
    return got == message


def refuses(address: Any) -> bool:
    try:
        connect(address, timeout=1.0).close()
    except OSError:
        return True
    return False


def read_to_end(sock: socket.socket) -> bytes:
    data = b""
    while chunk := sock.recv(65536):
        data += chunk
    return data


@contextmanager
def program(source: str, *arguments: Any, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A Python process that runs `source`, with pipes; killed at the end if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-c", source, *map(str, arguments)],
        **{"env": ENVIRONMENT, "text": True, "stdin": -1, "stdout": -1, **options},
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


class Notebook:
    """A real ipykernel, driven as JupyterLab drives it."""

    def __init__(self, folder: Path) -> None:
        from jupyter_client.manager import KernelManager

        self.manager = KernelManager(kernel_name="python3")
        self.manager.start_kernel(cwd=str(folder), env=ENVIRONMENT)
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    @property
    def pid(self) -> int:
        return int(self.run("import os; print(os.getpid())"))

    def send(self, code: str, cell: str = "") -> str:
        """Execute `code` as JupyterLab does for the cell with that id; returns the message's id."""
        content = {
            "code": code, "silent": False, "store_history": True, "user_expressions": {},
            "allow_stdin": False, "stop_on_error": False,
        }  # fmt: skip
        message = self.client.session.msg("execute_request", content)
        message["metadata"] = {"cellId": cell} if cell else {}
        self.client.shell_channel.send(message)
        return str(message["header"]["msg_id"])

    def result(self, sent: str, within: float = 30.0) -> tuple[str, str]:
        """What that execution printed, and its error's name ('' if there was none)."""
        printed, error, deadline = "", "", time.monotonic() + within
        while True:
            try:
                message = self.client.get_iopub_msg(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                pytest.fail(f"the cell did not end within {within:g} s; it printed {printed!r}")
            if message["parent_header"].get("msg_id") != sent:
                continue
            content = message["content"]
            if message["msg_type"] == "stream":
                printed += content["text"]
            elif message["msg_type"] == "error":
                error = content["ename"]
                printed += "\n".join(content["traceback"])
            elif content.get("execution_state") == "idle":
                return printed, error

    def run(self, code: str, cell: str = "") -> str:
        """Execute a cell that must succeed; what it printed."""
        printed, error = self.result(self.send(code, cell))
        assert not error, printed
        return printed

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()


@contextmanager
def notebook(folder: Path) -> Iterator[Notebook]:
    with closing(Notebook(folder)) as book:
        yield book
