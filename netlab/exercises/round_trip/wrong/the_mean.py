"""M36: the mean of all times was returned.

One lost packet adds a second. What disturbs a time makes it longer: look at the smallest.
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
    return sum(times) / len(times)
