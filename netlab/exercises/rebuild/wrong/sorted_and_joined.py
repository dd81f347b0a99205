"""M35: the segments were sorted and joined, whatever they cover.

A segment may come twice, or overlap another. Take of each only what is new.
Read again: lesson 16, "Lost".
"""


def rebuild(first, segments):
    return b"".join(data for number, data in sorted(segments))
