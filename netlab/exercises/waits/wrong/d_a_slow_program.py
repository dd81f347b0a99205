"""M16: in D the server never got the question, so its program had nothing to do.

The first question did not arrive. After 0.2 s without an ACK it leaves again.
Read again: lesson 24, "On the wire".
"""

waits = {
    "A": ("client", "timer"),
    "B": ("server", "program"),
    "C": ("server", "timer"),
    "D": ("server", "program"),
    "E": ("nobody", "distance"),
}
