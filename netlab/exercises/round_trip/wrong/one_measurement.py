"""M36: a single measurement was trusted.

It may have met a queue, or a lost packet. Measure several times, and take the smallest.
Read again: lesson 33, "One part".
"""

import time


def round_trip(connect):
    began = time.perf_counter()
    with connect():
        return time.perf_counter() - began
