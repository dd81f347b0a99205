"""M36: in A nothing was lost, and nothing left twice.

A packet after a pause need not be a repetition. Look at its sequence number and its bytes.
Read again: lesson 24, "On the wire".
"""

waits = {
    "A": ("client", "loss"),
    "B": ("server", "program"),
    "C": ("server", "timer"),
    "D": ("client", "loss"),
    "E": ("nobody", "distance"),
}
