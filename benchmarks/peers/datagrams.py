"""Datagrams at a steady rate. `send PORT RATE SECONDS SIZE` prints how many it has sent; `receive`
prints how many came whenever QUIET seconds have brought no more.
"""

import socket
import struct
import sys
import time

from benchmarks.peers import end_with_the_benchmark

GAP = 0.0002  # seconds between two looks at the clock
QUIET = 0.5


def send(port: str, rate: str, seconds: str, size: str) -> None:
    data = bytes(int(size))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect(("127.0.0.1", int(port)))
        began, sent = time.perf_counter(), 0
        while (now := time.perf_counter() - began) < float(seconds):
            due = int(now * float(rate))
            while sent < due:
                sock.send(data)
                sent += 1
            time.sleep(GAP)
    print(sent, flush=True)


def receive() -> None:
    end_with_the_benchmark()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * 1024 * 1024)
        sock.bind(("127.0.0.1", 0))
        print(sock.getsockname()[1], flush=True)
        room = bytearray(2048)
        quiet, never = struct.pack("ll", 0, int(QUIET * 1e6)), struct.pack("ll", 0, 0)
        while True:  # time limits by the kernel: Python's would cost a poll for each datagram
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, never)
            sock.recv_into(room)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, quiet)
            count = 1
            try:
                while True:
                    sock.recv_into(room)
                    count += 1
            except BlockingIOError:
                print(count, flush=True)


if __name__ == "__main__":
    {"send": send, "receive": receive}[sys.argv[1]](*sys.argv[2:])
