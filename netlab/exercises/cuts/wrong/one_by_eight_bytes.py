"""M39: a message of 8 bytes, or 16, defeats reader 1 without any cut; fewer do it with a cut.

It fails whenever a short answer is not the last. How short can a message be that is cut?
Read again: lesson 21, "Six readers that look right", reader 1.
"""

cuts = {
    1: [b"12345678"],
    2: [b"\r\n\r", b"\n"],
    3: [b"\n\n"],
    5: [b"\x00\x00", b"\x00\x00"],
}
