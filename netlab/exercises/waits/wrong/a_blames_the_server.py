"""M28: in A the server's program had written its body, and its kernel kept it back.

Who could have ended that sooner? The first packet after the pause is the client's ACK.
Read again: lesson 24, "On the wire".
"""

waits = {
    "A": ("server", "program"),
    "B": ("server", "program"),
    "C": ("server", "timer"),
    "D": ("client", "loss"),
    "E": ("nobody", "distance"),
}
