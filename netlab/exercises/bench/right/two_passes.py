import math
import time


def ends(ask, count, interval):
    start = time.monotonic()
    for n in range(count):
        wait = start + n * interval - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        ask()
        yield time.monotonic() - start - n * interval


def quantile(ordered, q):
    place = q * (len(ordered) - 1)
    below, part = math.floor(place), place % 1
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] * (1 - part) + ordered[above] * part


def bench(ask, count, interval, warmup):
    list(ends(ask, warmup, 0))
    ordered = sorted(ends(ask, count, interval))
    return quantile(ordered, 0.5), quantile(ordered, 0.99)
