"""M36: the warm-up is among the times.

The first answers are another thing than the rest. Ask them, and forget how long they took.
Read again: lesson 24, "Measure as if it mattered".
"""

import time


def bench(ask, count, interval, warmup):
    times = []
    start = time.perf_counter()
    for number in range(warmup + count):
        due = start + number * interval
        time.sleep(max(0, due - time.perf_counter()))
        ask()
        times.append(time.perf_counter() - due)
    times.sort()
    return times[len(times) // 2], times[int(0.99 * len(times))]
