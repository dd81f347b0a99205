"""M36: there was no warm-up.

Ask `warmup` times first, and do not note how long that takes.
Read again: lesson 24, "Measure as if it mattered".
"""

import time


def bench(ask, count, interval, warmup):
    times = []
    start = time.perf_counter()
    for number in range(count):
        due = start + number * interval
        time.sleep(max(0, due - time.perf_counter()))
        ask()
        times.append(time.perf_counter() - due)
    times.sort()
    return times[count // 2], times[int(0.99 * count)]
