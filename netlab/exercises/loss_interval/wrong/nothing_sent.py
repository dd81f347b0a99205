"""M53: with nothing sent, it still gave an answer, or the wrong error.

Nothing was measured, so nothing can be said. Raise ValueError.
Read again: lesson 14, "One in ten, each way".
"""

from math import sqrt


def loss_interval(lost, sent):
    if sent == 0:
        return 0.0, 1.0
    if lost > sent:
        raise ValueError
    z = 1.96
    middle = (lost + z * z / 2) / (sent + z * z)
    half = z * sqrt(lost * (sent - lost) / sent + z * z / 4) / (sent + z * z)
    return max(0.0, middle - half), min(1.0, middle + half)
