"""M53: the rates are in percent.

A share of all lies between 0 and 1. Leave the factor 100 to whoever prints it.
Read again: lesson 14, "One in ten, each way".
"""

from math import sqrt


def loss_interval(lost, sent):
    if not 0 <= lost <= sent or sent == 0:
        raise ValueError(f"{lost} of {sent} cannot be lost")
    z = 1.96
    middle = (lost + z * z / 2) / (sent + z * z)
    half = z * sqrt(lost * (sent - lost) / sent + z * z / 4) / (sent + z * z)
    return max(0.0, 100 * (middle - half)), min(100.0, 100 * (middle + half))
