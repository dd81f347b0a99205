"""M35: only a segment that begins exactly where the last one ended was taken.

Segments may overlap: one that begins earlier can still bring new bytes at its end.
Read again: lesson 16, "Lost".
"""


def rebuild(first, segments):
    place = dict(segments)
    stream = b""
    while (here := (first + len(stream)) % 2**32) in place:
        stream += place.pop(here)
    return stream
