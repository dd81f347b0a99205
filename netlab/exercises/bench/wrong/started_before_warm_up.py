"""M36: the schedule began before the warm-up.

When that takes long, the first questions are overdue from the start. Look at the clock after it.
Read again: lesson 24, "Measure as if it mattered".
"""

import time


def bench(ask, count, interval, warmup):
    start = time.perf_counter()
    for _ in range(warmup):
        ask()
    times = []
    for number in range(count):
        due = start + number * interval
        time.sleep(max(0, due - time.perf_counter()))
        ask()
        times.append(time.perf_counter() - due)
    times.sort()
    return times[count // 2], times[int(0.99 * count)]
