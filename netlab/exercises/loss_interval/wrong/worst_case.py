"""M53: one by the root of the number sent was taken for the doubt, whatever was lost.

That is right for a rate of one half. With few losses the doubt is much smaller.
Read again: lesson 14, "One in ten, each way".
"""

from math import sqrt


def loss_interval(lost, sent):
    if not 0 <= lost <= sent or sent == 0:
        raise ValueError(f"{lost} of {sent} cannot be lost")
    middle = lost / sent
    half = 1 / sqrt(sent)
    return max(0.0, middle - half), min(1.0, middle + half)
