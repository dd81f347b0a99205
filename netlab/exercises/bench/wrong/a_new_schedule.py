"""M36: after a late answer the schedule began anew.

Then one question is late, and not all that were due. Question n is due at start + n * interval.
Read again: lesson 24, "Measure as if it mattered".
"""

import time


def bench(ask, count, interval, warmup):
    for _ in range(warmup):
        ask()
    times = []
    due = time.perf_counter()
    for _ in range(count):
        due = max(due, time.perf_counter())
        time.sleep(max(0, due - time.perf_counter()))
        ask()
        times.append(time.perf_counter() - due)
        due += interval
    times.sort()
    return times[count // 2], times[int(0.99 * count)]
