"""M36: in B every packet is there once.

Where something is lost, the same bytes leave again. Look for them: they are not there.
Read again: lesson 24, "On the wire".
"""

waits = {
    "A": ("client", "timer"),
    "B": ("server", "loss"),
    "C": ("server", "timer"),
    "D": ("client", "loss"),
    "E": ("nobody", "distance"),
}
