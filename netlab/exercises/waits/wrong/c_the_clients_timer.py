"""M29: in C the client is the sender, and Nagle's algorithm has no timer.

It waits for an ACK. The timer that runs out is the one of the side that owes this ACK.
Read again: lesson 24, "On the wire".
"""

waits = {
    "A": ("client", "timer"),
    "B": ("server", "program"),
    "C": ("client", "timer"),
    "D": ("client", "loss"),
    "E": ("nobody", "distance"),
}
