"""M36: questions that were overdue were not asked at all.

They are those with the bad times: you left out what you came to measure. Ask at once.
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
        ahead = due - time.perf_counter()
        if ahead < 0 and number:
            continue
        time.sleep(max(0, ahead))
        ask()
        times.append(time.perf_counter() - due)
    times.sort()
    return times[len(times) // 2], times[int(0.99 * len(times))]
