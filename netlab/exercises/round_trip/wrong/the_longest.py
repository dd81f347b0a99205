"""M36: the longest time was returned.

Queues and lost packets make a time longer, and nothing makes it shorter. Take the smallest.
Read again: lesson 33, "One part".
"""

import time


def round_trip(connect):
    times = []
    for _ in range(10):
        began = time.perf_counter()
        sock = connect()
        times.append(time.perf_counter() - began)
        sock.close()
    return max(times)
