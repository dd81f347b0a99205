"""M38: in B the packets are as quick as in A; only the answer leaves late.

Distance makes every packet late. Compare when the answer left and when it arrived.
Read again: lesson 24, "On the wire".
"""

waits = {
    "A": ("client", "timer"),
    "B": ("nobody", "distance"),
    "C": ("server", "timer"),
    "D": ("client", "loss"),
    "E": ("nobody", "distance"),
}
