"""M53: no loss was taken for a path that loses nothing.

None of 10 may be luck, even at a rate of 0.2. Wilson's formula knows it; this one does not.
Read again: lesson 14, "One in ten, each way".
"""

from math import sqrt


def loss_interval(lost, sent):
    if not 0 <= lost <= sent or sent == 0:
        raise ValueError(f"{lost} of {sent} cannot be lost")
    z = 1.96
    middle = lost / sent
    half = z * sqrt(middle * (1 - middle) / sent)
    return max(0.0, middle - half), min(1.0, middle + half)
