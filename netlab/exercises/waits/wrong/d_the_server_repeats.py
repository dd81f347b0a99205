"""M36: in D the bytes that left twice are the question, and it is the client's.

Who has sent something and hears nothing of it sends it again.
Read again: lesson 24, "On the wire".
"""

waits = {
    "A": ("client", "timer"),
    "B": ("server", "program"),
    "C": ("server", "timer"),
    "D": ("server", "loss"),
    "E": ("nobody", "distance"),
}
