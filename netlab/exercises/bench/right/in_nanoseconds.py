import statistics
from time import perf_counter_ns, sleep


def bench(ask, count, interval, warmup):
    while warmup:
        ask()
        warmup -= 1
    step, took = round(interval * 1e9), []
    due = perf_counter_ns() + step
    while len(took) < count:
        ahead = due - perf_counter_ns()
        if ahead > 0:
            sleep(ahead / 1e9)
        ask()
        took.append((perf_counter_ns() - due) / 1e9)
        due += step
    return [statistics.median(took), statistics.quantiles(took, n=100)[98]]
