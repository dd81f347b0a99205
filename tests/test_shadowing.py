"""The learner's own socket.py, http.py and the like in the notebook's folder break nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).resolve().parent.parent
OWN = ["socket", "http", "json", "select", "h11", "selectors", "email", "queue", "struct", "signal"]
BOOBY_TRAP = "raise RuntimeError('this is the learner\\'s own {name}.py')\n"
ALL_SERVERS = """
import socket
from netlab import EchoServer, Relay, UdpEchoServer, WebServer, fetch_timed, ping, serve, waterfall
with WebServer({"/": "hello"}) as web, Relay(web, delay=0.001, handshake=True) as far:
    bodies = [fetch_timed(web).body, fetch_timed(far).body]
    assert bodies == [b"hello"] * 2, bodies
    assert waterfall({"far": fetch_timed(far)}).png()
with WebServer(".") as files:
    assert b"learner" in fetch_timed(files, "/socket.py").body
with EchoServer() as echo, UdpEchoServer() as udp:
    assert len(ping(echo, count=3).rtts) == len(ping(udp, count=3).rtts) == 3
with serve(lambda conn: conn.sendall(b"bye")) as mine:
    with socket.create_connection(mine.address, timeout=5) as sock:
        assert sock.recv(3) == b"bye"
print("all good")
"""


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BlockingKernelClient]:
    """A kernel as JupyterLab starts one, in a folder full of traps."""
    folder: Path = tmp_path_factory.mktemp("lesson")
    for name in OWN:
        (folder / f"{name}.py").write_text(BOOBY_TRAP.format(name=name))
    (folder / "helper.py").write_text("answer = 42\n")
    manager = KernelManager()
    manager.start_kernel(cwd=str(folder), env=os.environ | {"PYTHONPATH": str(ROOT)})
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.cleanup_resources()


def run(kernel: BlockingKernelClient, code: str) -> str:
    """What the cell printed, or its traceback."""
    said: list[str] = []

    def hear(message: dict) -> None:  # type: ignore[type-arg]
        content = message["content"]
        said.append(content.get("text") or "\n".join(content.get("traceback", [])))

    kernel.execute_interactive(code, timeout=60, output_hook=hear)
    return "".join(said).strip()


def test_the_folder_is_on_the_path(kernel: BlockingKernelClient) -> None:
    """Else this file would test nothing: own modules that shadow nobody can be imported."""
    assert run(kernel, "import helper; print(helper.answer)") == "42"
    assert "learner's own h11.py" in run(kernel, "import h11")  # not of the standard library


def test_every_server_and_fetch_timed_work(kernel: BlockingKernelClient) -> None:
    assert run(kernel, ALL_SERVERS) == "all good"


@pytest.mark.parametrize("name", [name for name in OWN if name != "h11"])
def test_the_learner_gets_the_standard_library_too(kernel: BlockingKernelClient, name: str) -> None:
    """IPython puts the folder behind the standard library; Python itself would not."""
    assert run(kernel, f"import {name}; print('fine')") == "fine"
