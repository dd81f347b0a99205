"""M39: a short answer is right when it is the whole message.

Reader 1 stops at a short answer, and here nothing was to follow. Let something follow.
Read again: lesson 21, "Six readers that look right", reader 1.
"""

cuts = {
    1: [b"ab"],
    2: [b"\r\n\r", b"\n"],
    3: [b"\n\n"],
    5: [b"\x00\x00", b"\x00\x00"],
}
