"""M35: the segments were joined in the order in which they arrived.

IP delivers in any order, and again. The sequence number says where a segment belongs.
Read again: lesson 16, "Lost".
"""


def rebuild(first, segments):
    return b"".join(data for number, data in segments)
