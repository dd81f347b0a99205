"""M03: the cut is behind the length, and the length came in one piece.

Reader 5 reads its body with care. Cut where it does not.
Read again: lesson 21, "Six readers that look right", reader 5.
"""

cuts = {
    1: [b"a", b"b"],
    2: [b"\r\n\r", b"\n"],
    3: [b"\n\n"],
    5: [b"\x00\x00\x00\x01", b"x"],
}
