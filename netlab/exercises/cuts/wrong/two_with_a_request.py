"""M08: reader 2 fails because of the mark alone; what stands before it does not matter.

A request may be empty, as far as this reader knows. Leave out what the cut does not need.
Read again: lesson 21, "Six readers that look right", reader 2.
"""

cuts = {
    1: [b"a", b"b"],
    2: [b"GET /lamp\r\n\r", b"\n"],
    3: [b"\n\n"],
    5: [b"\x00\x00", b"\x00\x00"],
}
