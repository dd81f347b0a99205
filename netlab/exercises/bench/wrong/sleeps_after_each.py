"""M36: you slept for a whole interval after each answer.

So each answer's time delays all questions after it. Sleep only until the next one is due.
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
        time.sleep(interval)
    times.sort()
    return times[count // 2], times[int(0.99 * count)]
