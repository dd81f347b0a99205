"""M09: reader 3 loses what follows the line, letters or not.

An empty line is a line. Leave out what the loss does not need.
Read again: lesson 21, "Six readers that look right", reader 3.
"""

cuts = {
    1: [b"a", b"b"],
    2: [b"\r\n\r", b"\n"],
    3: [b"a\nb\n"],
    5: [b"\x00\x00", b"\x00\x00"],
}
