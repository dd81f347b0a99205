"""M38: in E the answer leaves as soon as the question is there.

Nobody pauses: each packet travels 80 ms, and there and back makes 160.
Read again: lesson 24, "On the wire".
"""

waits = {
    "A": ("client", "timer"),
    "B": ("server", "program"),
    "C": ("server", "timer"),
    "D": ("client", "loss"),
    "E": ("server", "program"),
}
