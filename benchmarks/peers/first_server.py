"""How long until a first server answers (s), in this fresh Python. Argument: netlab | asyncio."""

import socket
import subprocess
import sys
import time


def netlab() -> float:
    start = time.perf_counter()
    from netlab import EchoServer

    with EchoServer() as server, socket.create_connection(server.address) as sock:
        sock.sendall(b"hello")
        sock.recv(5)
        return time.perf_counter() - start


def asyncio() -> float:
    """The start of a child that has no more than imported asyncio."""
    start = time.perf_counter()
    command = [sys.executable, "-c", "import asyncio; print('ready', flush=True)"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        return time.perf_counter() - start


print({"netlab": netlab, "asyncio": asyncio}[sys.argv[1]](), flush=True)
