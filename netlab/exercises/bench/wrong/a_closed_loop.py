"""M36: each question was asked as soon as the last answer was in.

That is no schedule, and while the server naps you are silent. Wait until a question is due.
Read again: lesson 24, "Measure as if it mattered".
"""

import time


def bench(ask, count, interval, warmup):
    for _ in range(warmup):
        ask()
    times = []
    for _ in range(count):
        began = time.perf_counter()
        ask()
        times.append(time.perf_counter() - began)
    times.sort()
    return times[count // 2], times[int(0.99 * count)]
