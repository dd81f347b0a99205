from math import comb


def at_most(count, sent, rate):
    return sum(comb(sent, k) * rate**k * (1 - rate) ** (sent - k) for k in range(count + 1))


def edge(right, low=0.0, high=1.0):
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if right(middle) else (low, middle)
    return low


def loss_interval(lost, sent):
    """Rates for which neither this many nor this few losses would be a surprise (2.5 % each)."""
    if sent <= 0 or not 0 <= lost <= sent:
        raise ValueError("losses are some of what was sent")
    low = edge(lambda rate: 1 - at_most(lost - 1, sent, rate) < 0.025) if lost else 0.0
    high = edge(lambda rate: at_most(lost, sent, rate) > 0.025) if lost < sent else 1.0
    return low, high
