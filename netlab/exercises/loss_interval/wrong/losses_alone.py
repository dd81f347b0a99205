"""M53: only the losses were counted: their number, give or take its root.

When nearly all are lost, it is the others that are few. Wilson's formula looks at both.
Read again: lesson 14, "One in ten, each way".
"""

from math import sqrt


def loss_interval(lost, sent):
    if not 0 <= lost <= sent or sent == 0:
        raise ValueError(f"{lost} of {sent} cannot be lost")
    z = 1.96
    middle = (lost + 1) / sent
    half = z * sqrt(lost + 1) / sent
    return max(0.0, middle - half), min(1.0, middle + half)
