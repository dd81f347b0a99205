"""One-way delays. `send PORT COUNT SEED` stamps messages; `receive` prints what each took (s).

CLOCK_REALTIME is one clock for all processes, and the one that SO_TIMESTAMPNS uses: with it the
kernel notes the arrival, so that the receiver's own waking up is not counted.
`sleep COUNT SEED SECONDS` measures time.sleep with the same gaps between samples.
"""

import json
import random
import socket
import struct
import sys
import time

from benchmarks.peers import end_with_the_benchmark

SIZE = 64
SO_TIMESTAMPNS = 35  # Linux; Python's socket module does not name it
KERNEL_STAMPS = sys.platform == "linux"


def gap(dice: random.Random) -> float:
    """Random, so that samples do not lock to a timer; never so short that two messages join."""
    return 0.001 + dice.expovariate(1 / 0.003)


def send(port: str, count: str, seed: str) -> None:
    dice = random.Random(int(seed))
    with socket.create_connection(("127.0.0.1", int(port)), timeout=10) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setblocking(True)
        for _ in range(int(count)):
            time.sleep(gap(dice))
            sock.sendall(struct.pack("q", time.time_ns()).ljust(SIZE))


def receive() -> None:
    end_with_the_benchmark()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            conn, _ = listener.accept()
            with conn:
                print(json.dumps(delays(conn)), flush=True)


def delays(conn: socket.socket) -> list[float]:
    if KERNEL_STAMPS:
        conn.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    taken, rest = [], b""
    while True:
        data, notes, *_ = conn.recvmsg(65536, 64) if KERNEL_STAMPS else (conn.recv(65536), [])
        arrival = time.time_ns()
        if not data:
            return taken
        for _, kind, value in notes:
            if kind == SO_TIMESTAMPNS:
                seconds, nanoseconds = struct.unpack("qq", value)
                arrival = seconds * 1_000_000_000 + nanoseconds
        rest += data
        while len(rest) >= SIZE:
            taken.append((arrival - struct.unpack_from("q", rest)[0]) / 1e9)
            rest = rest[SIZE:]


def sleep(count: str, seed: str, seconds: str) -> None:
    dice, taken = random.Random(int(seed)), []
    for _ in range(int(count)):
        time.sleep(gap(dice))
        start = time.time_ns()
        time.sleep(float(seconds))
        taken.append((time.time_ns() - start) / 1e9)
    print(json.dumps(taken), flush=True)


if __name__ == "__main__":
    {"send": send, "receive": receive, "sleep": sleep}[sys.argv[1]](*sys.argv[2:])
