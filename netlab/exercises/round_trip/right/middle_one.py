import statistics
from time import monotonic_ns


def one(connect):
    began = monotonic_ns()
    with connect():
        return (monotonic_ns() - began) / 1e9


def round_trip(connect):
    return statistics.median(one(connect) for _ in range(15))
