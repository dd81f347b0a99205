"""M36: the mean was returned instead of the median.

A few bad times spoil it. Sort the times, and take the one in the middle.
Read again: lesson 24, "Measure as if it mattered".
"""

import time


def bench(ask, count, interval, warmup):
    for _ in range(warmup):
        ask()
    times = []
    start = time.perf_counter()
    for number in range(count):
        due = start + number * interval
        time.sleep(max(0, due - time.perf_counter()))
        ask()
        times.append(time.perf_counter() - due)
    times.sort()
    return sum(times) / count, times[int(0.99 * count)]
