"""M09: the last line has no end, so nobody can say what reader 3 has lost.

A part of a line is no message. Let two lines end, and arrive together.
Read again: lesson 21, "Six readers that look right", reader 3.
"""

cuts = {
    1: [b"a", b"b"],
    2: [b"\r\n\r", b"\n"],
    3: [b"\na"],
    5: [b"\x00\x00", b"\x00\x00"],
}
