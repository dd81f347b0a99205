"""M16: the connections were left open.

Each takes a place on both sides until it is closed. Close what you opened to measure.
Read again: lesson 33, "Six at once".
"""

import time


def round_trip(connect):
    times = []
    for _ in range(10):
        began = time.perf_counter()
        connect()
        times.append(time.perf_counter() - began)
    return min(times)
