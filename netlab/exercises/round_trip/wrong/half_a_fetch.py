"""M28: half the time of a fetch was taken for the round trip.

Two round trips and the server's work: half of that is too much as soon as the server works.
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
    return min(times) / 2
