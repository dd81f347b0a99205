"""M20: half the time of connect was returned.

It is one round trip: SYN there, SYN and ACK back. All of that is wanted, there and back.
Read again: lesson 33, "One part".
"""

import time


def round_trip(connect):
    times = []
    for _ in range(10):
        began = time.perf_counter()
        sock = connect()
        times.append(time.perf_counter() - began)
        sock.close()
    return min(times) / 2
