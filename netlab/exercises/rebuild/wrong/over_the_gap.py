"""M35: the stream went on behind a gap.

What lies behind a gap must wait: nobody knows yet what comes before it. Stop at the gap.
Read again: lesson 16, "Lost".
"""


def rebuild(first, segments):
    place = {(number - first) % 2**32: data for number, data in segments}
    stream = b""
    for start in sorted(place):
        if start < 2**31:
            stream += place[start][max(len(stream) - start, 0) :]
    return stream
