"""M30: connecting and asking were measured together.

That is two round trips, and the server's work. What takes one, and no work at all?
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
        times.append(time.perf_counter() - began)
    return min(times)
