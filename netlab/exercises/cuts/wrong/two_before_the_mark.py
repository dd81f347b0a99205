"""M08: the cut is in front of the mark, and the mark came in one piece.

Reader 2 finds a mark that is whole. Cut inside it.
Read again: lesson 21, "Six readers that look right", reader 2.
"""

cuts = {
    1: [b"a", b"b"],
    2: [b"GET /lamp", b"\r\n\r\n"],
    3: [b"\n\n"],
    5: [b"\x00\x00", b"\x00\x00"],
}
