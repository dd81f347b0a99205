"""M03: reader 5 fails at the length; the body does not matter.

A message may be empty: a length of 0. Leave out what the cut does not need.
Read again: lesson 21, "Six readers that look right", reader 5.
"""

cuts = {
    1: [b"a", b"b"],
    2: [b"\r\n\r", b"\n"],
    3: [b"\n\n"],
    5: [b"\x00\x00", b"\x00\x01x"],
}
