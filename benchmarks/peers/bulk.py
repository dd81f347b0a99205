"""Bulk over TCP. `send PORT SECONDS` sends as fast as it can; `receive` prints bytes a second."""

import socket
import sys
import time

from benchmarks.peers import end_with_the_benchmark

CHUNK = 256 * 1024


def send(port: str, seconds: str) -> None:
    block, end = bytes(CHUNK), time.perf_counter() + float(seconds)
    with socket.create_connection(("127.0.0.1", int(port)), timeout=10) as sock:
        while time.perf_counter() < end:
            sock.sendall(block)


def receive() -> None:
    end_with_the_benchmark()
    buffer = bytearray(CHUNK)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            conn, _ = listener.accept()
            with conn:
                total = conn.recv_into(buffer)
                start = time.perf_counter()
                while size := conn.recv_into(buffer):
                    total += size
                print(total / (time.perf_counter() - start), flush=True)


if __name__ == "__main__":
    {"send": send, "receive": receive}[sys.argv[1]](*sys.argv[2:])
