"""M02: the two lines came apart, and so nothing could be lost.

Reader 3 throws away what came together with a line. Join them: one piece.
Read again: lesson 21, "Six readers that look right", reader 3.
"""

cuts = {
    1: [b"a", b"b"],
    2: [b"\r\n\r", b"\n"],
    3: [b"\n", b"\n"],
    5: [b"\x00\x00", b"\x00\x00"],
}
