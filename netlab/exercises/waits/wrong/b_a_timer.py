"""M28: in B the server acknowledged the question at once.

No ACK was missing, and nobody kept a piece back. What was not ready, then?
Read again: lesson 24, "On the wire".
"""

waits = {
    "A": ("client", "timer"),
    "B": ("server", "timer"),
    "C": ("server", "timer"),
    "D": ("client", "loss"),
    "E": ("nobody", "distance"),
}
