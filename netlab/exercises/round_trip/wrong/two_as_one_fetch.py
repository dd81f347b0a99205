"""M30: two questions on one connection were shared among three round trips.

Each answer also takes the server its time. Measure something in which it has no part.
Read again: lesson 33, "One part".
"""

import time


def round_trip(connect):
    times = []
    for _ in range(10):
        began = time.perf_counter()
        with connect() as sock:
            sock.sendall(b"GET / HTTP/1.1\r\nHost: hidden\r\n\r\n")
            sock.recv(4096)
            sock.sendall(b"GET / HTTP/1.1\r\nHost: hidden\r\n\r\n")
            sock.recv(4096)
        times.append((time.perf_counter() - began) / 3)
    return min(times)
