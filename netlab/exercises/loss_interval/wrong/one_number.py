"""M53: the share that was lost was taken for the rate.

Another run of the same path loses another share. Say between which rates the truth may lie.
Read again: lesson 14, "One in ten, each way".
"""


def loss_interval(lost, sent):
    if not 0 <= lost <= sent or sent == 0:
        raise ValueError(f"{lost} of {sent} cannot be lost")
    return lost / sent, lost / sent
