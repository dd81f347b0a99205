"""M01: a part of a message is no message, and no reader could read it.

All of its bytes have to arrive, only not together.
Read again: lesson 21, "Six readers that look right", reader 5.
"""

cuts = {
    1: [b"a", b"b"],
    2: [b"\r\n\r", b"\n"],
    3: [b"\n\n"],
    5: [b"\x00\x00"],
}
