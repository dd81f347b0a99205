"""M38: the result is in milliseconds.

Times are seconds all through this course. Leave out the 1000.
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
    return min(times) * 1000
