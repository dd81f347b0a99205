"""M36: the time until the answer was taken for the round trip.

The server works on its answer, too. A handshake is answered by its kernel, at once.
Read again: lesson 33, "One part".
"""

import time


def round_trip(connect):
    times = []
    for _ in range(10):
        with connect() as sock:
            began = time.perf_counter()
            sock.sendall(b"GET / HTTP/1.1\r\nHost: hidden\r\n\r\n")
            sock.recv(4096)
        times.append(time.perf_counter() - began)
    return min(times)
