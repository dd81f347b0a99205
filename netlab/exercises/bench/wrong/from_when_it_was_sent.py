"""M36: each time was taken from when the question was sent.

A question that had to wait for the one before has waited, too. Count from when it was due.
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
        sent = time.perf_counter()
        ask()
        times.append(time.perf_counter() - sent)
    times.sort()
    return times[count // 2], times[int(0.99 * count)]
