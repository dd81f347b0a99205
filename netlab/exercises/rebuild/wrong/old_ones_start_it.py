"""M35: bytes from before the first number were put at the start.

They were read long ago, and this is a copy that comes late. Cut off what lies before `first`.
Read again: lesson 16, "Lost".
"""


def rebuild(first, segments):
    places = sorted(((n - first + 2**31) % 2**32 - 2**31, d) for n, d in segments)
    stream, at = b"", places[0][0] if places and places[0][0] < 0 else 0
    for start, data in places:
        if start > at + len(stream):
            break
        stream += data[at + len(stream) - start :]
    return stream
