"""M36: this is p90: one in ten takes longer, and p99 means one in a hundred.

Of 200 sorted times take number 198: `times[int(0.99 * count)]`.
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
    return times[count // 2], times[int(0.9 * count)]
