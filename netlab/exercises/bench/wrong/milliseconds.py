"""M38: the result is in milliseconds.

Times are seconds all through this course. Leave out the 1000.
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
        times.append(1000 * (time.perf_counter() - due))
    times.sort()
    return times[count // 2], times[int(0.99 * count)]
