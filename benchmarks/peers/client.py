"""Echo round trips: prints seconds, as JSON. Arguments: port, how many, at most how long (s)."""

import json
import socket
import sys
import time

SIZE, WARM_UP = 64, 200
port, count, limit = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])

rtts = []
message = bytes(SIZE)
with socket.create_connection(("127.0.0.1", port), timeout=10) as sock:
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setblocking(True)  # a timeout would cost a poll for each call
    now, end = time.perf_counter_ns, time.perf_counter() + limit
    while len(rtts) < count + WARM_UP and time.perf_counter() < end:
        start = now()
        sock.sendall(message)
        left = SIZE
        while left:
            left -= len(sock.recv(left))
        rtts.append(now() - start)

print(json.dumps([rtt / 1e9 for rtt in rtts[min(WARM_UP, len(rtts) // 10) :]]), flush=True)
