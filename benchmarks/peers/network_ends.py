"""Programs on the hosts of a network. Each `serve` prints a line when it listens.

`delays serve ADDRESS COUNT` prints what datagrams took (s), by the kernel's note of their arrival;
`delays send ADDRESS COUNT SEED` stamps them. `goodput serve ADDRESS SKIP` prints the bits a second
of one TCP stream, its first SKIP seconds left out; `goodput send ADDRESS SECONDS` sends it.
`connects send ADDRESS COUNT` prints how long connect took (s); `connects serve ADDRESS` accepts.
"""

import json
import random
import socket
import struct
import sys
import time

from benchmarks.peers.one_way import SO_TIMESTAMPNS, gap

PORT = 7000


def serve_delays(address: str, count: str) -> None:
    taken = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        sock.bind((address, PORT))
        sock.settimeout(10)
        print("ready", flush=True)
        while len(taken) < int(count):
            data, ((_, _, stamp),), *_ = sock.recvmsg(100, 64)
            seconds, nanoseconds = struct.unpack("qq", stamp)
            arrival = seconds * 1_000_000_000 + nanoseconds
            taken.append((arrival - struct.unpack("q", data)[0]) / 1e9)
    print(json.dumps(taken), flush=True)


def send_delays(address: str, count: str, seed: str) -> None:
    dice = random.Random(int(seed))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect((address, PORT))
        for _ in range(int(count)):
            time.sleep(gap(dice))
            sock.send(struct.pack("q", time.time_ns()))


def serve_goodput(address: str, skip: str) -> None:
    with socket.create_server((address, PORT)) as listener:
        print("ready", flush=True)
        conn, _ = listener.accept()
    began, counted, first, last = time.perf_counter(), 0, 0.0, 0.0
    room = bytearray(1 << 20)
    with conn:
        while size := conn.recv_into(room):
            last = time.perf_counter()
            if first:
                counted += size
            elif last - began >= float(skip):
                first = last
    print(counted * 8 / (last - first), flush=True)


def send_goodput(address: str, seconds: str) -> None:
    with socket.create_connection((address, PORT), timeout=10) as sock:
        end, data = time.perf_counter() + float(seconds), bytes(1 << 18)
        while time.perf_counter() < end:
            sock.sendall(data)


def serve_connects(address: str) -> None:
    with socket.create_server((address, PORT)) as listener:
        print("ready", flush=True)
        while True:
            listener.accept()[0].close()


def send_connects(address: str, count: str) -> None:
    taken = []
    for _ in range(int(count)):
        began = time.perf_counter()
        sock = socket.create_connection((address, PORT), timeout=10)
        taken.append(time.perf_counter() - began)
        sock.close()
    print(json.dumps(taken), flush=True)


if __name__ == "__main__":
    what, which, *arguments = sys.argv[1:]
    globals()[f"{which}_{what}"](*arguments)
