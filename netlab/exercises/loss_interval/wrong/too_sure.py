"""M53: the interval holds the true rate more often than asked.

2.58 standard deviations are for 99 in 100, and wider. For 95 take 1.96.
Read again: lesson 14, "One in ten, each way".
"""

from math import sqrt


def loss_interval(lost, sent):
    if not 0 <= lost <= sent or sent == 0:
        raise ValueError(f"{lost} of {sent} cannot be lost")
    z = 2.576
    middle = (lost + z * z / 2) / (sent + z * z)
    half = z * sqrt(lost * (sent - lost) / sent + z * z / 4) / (sent + z * z)
    return max(0.0, middle - half), min(1.0, middle + half)
