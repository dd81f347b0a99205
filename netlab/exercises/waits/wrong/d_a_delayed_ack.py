"""M36: in D the packet that ends the pause carries bytes; it is no ACK alone.

They are bytes that had left before. An ACK's timer would have run out after 40 ms.
Read again: lesson 24, "On the wire".
"""

waits = {
    "A": ("client", "timer"),
    "B": ("server", "program"),
    "C": ("server", "timer"),
    "D": ("client", "timer"),
    "E": ("nobody", "distance"),
}
