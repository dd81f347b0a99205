"""M28: in C the server's program waits for the second line, and could not answer.

Look at the first packet after the pause. It carries no answer: it is an ACK alone.
Read again: lesson 24, "On the wire".
"""

waits = {
    "A": ("client", "timer"),
    "B": ("server", "program"),
    "C": ("server", "program"),
    "D": ("client", "loss"),
    "E": ("nobody", "distance"),
}
