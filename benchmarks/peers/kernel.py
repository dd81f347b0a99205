"""Stands in for a notebook's kernel: holds one netlab server, and computes while told to.

Arguments: echo | handler | relay PORT DELAY | udp-relay PORT DELAY. Standard input: "spin" and
"rest" lines.
"""

import os
import socket
import sys
import threading

from netlab import EchoServer, Relay, serve
from netlab.background.server import Server


def echo(conn: socket.socket) -> None:
    while data := conn.recv(65536):
        conn.sendall(data)


def server(kind: str, port: str = "0", delay: str = "0") -> Server:
    if kind in ("relay", "udp-relay"):
        transport = "udp" if kind == "udp-relay" else "tcp"
        return Relay(("127.0.0.1", int(port)), delay=float(delay), transport=transport)
    return EchoServer() if kind == "echo" else serve(echo)


def obey(computing: threading.Event) -> None:
    for line in sys.stdin:
        if line == "spin\n":
            computing.set()
        else:
            computing.clear()
        print(line, end="", flush=True)
    os._exit(0)  # a spinning main thread would not look


with server(*sys.argv[1:]) as running:
    computing = threading.Event()
    threading.Thread(target=obey, args=(computing,), daemon=True).start()
    print(running.address[1], flush=True)
    while True:
        computing.wait()
        while computing.is_set():
            pass  # a busy cell: plain Python that never waits, so it never offers the GIL
