"""M35: of segments with the same number only the last was kept.

A segment that is sent again may be cut in other places: shorter, or longer. Keep what is new.
Read again: lesson 16, "Lost".
"""


def rebuild(first, segments):
    place = {(number - first) % 2**32: data for number, data in segments}
    stream = b""
    for start in sorted(place):
        if start < 2**31:
            if start > len(stream):
                break
            stream += place[start][len(stream) - start :]
    return stream
