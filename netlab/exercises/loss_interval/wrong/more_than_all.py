"""M53: more losses than messages were believed.

Such counts come from a mistake in the measurement. Raise ValueError.
Read again: lesson 14, "One in ten, each way".
"""

from math import sqrt


def loss_interval(lost, sent):
    if sent == 0:
        raise ValueError
    lost = min(lost, sent)
    z = 1.96
    middle = (lost + z * z / 2) / (sent + z * z)
    half = z * sqrt(lost * (sent - lost) / sent + z * z / 4) / (sent + z * z)
    return max(0.0, middle - half), min(1.0, middle + half)
