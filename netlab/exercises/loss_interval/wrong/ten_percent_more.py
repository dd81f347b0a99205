"""M53: the interval is a tenth of the share to each side.

How sure you are depends on how many were sent. Four times as many halve the doubt.
Read again: lesson 14, "One in ten, each way".
"""


def loss_interval(lost, sent):
    if not 0 <= lost <= sent or sent == 0:
        raise ValueError(f"{lost} of {sent} cannot be lost")
    middle = lost / sent
    half = 0.1 * lost / sent
    return max(0.0, middle - half), min(1.0, middle + half)
