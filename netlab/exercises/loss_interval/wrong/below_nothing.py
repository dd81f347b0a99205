"""M53: the interval reaches below 0, or above 1.

No rate lies there. Wilson's formula stays between, and is as short to write.
Read again: lesson 14, "One in ten, each way".
"""

from math import sqrt


def loss_interval(lost, sent):
    if not 0 <= lost <= sent or sent == 0:
        raise ValueError(f"{lost} of {sent} cannot be lost")
    z = 1.96
    middle = lost / sent
    half = z * sqrt(middle * (1 - middle) / sent)
    return middle - half, middle + half
