"""M28: the processor's time was measured, and it stands still while a program waits.

Use time.perf_counter(): it goes on while you wait for an answer.
Read again: lesson 24, "Measure as if it mattered".
"""

import time


def bench(ask, count, interval, warmup):
    for _ in range(warmup):
        ask()
    times = []
    start = time.process_time()
    for number in range(count):
        due = start + number * interval
        time.sleep(max(0, due - time.process_time()))
        ask()
        times.append(time.process_time() - due)
    times.sort()
    return times[count // 2], times[int(0.99 * count)]
