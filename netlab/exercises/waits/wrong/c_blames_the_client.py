"""M28: in C the client's program had written both lines before the pause.

Its kernel kept the second one back, for want of an ACK. Who sends this ACK, and when?
Read again: lesson 24, "On the wire".
"""

waits = {
    "A": ("client", "timer"),
    "B": ("server", "program"),
    "C": ("client", "program"),
    "D": ("client", "loss"),
    "E": ("nobody", "distance"),
}
