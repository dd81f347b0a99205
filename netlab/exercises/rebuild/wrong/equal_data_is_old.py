"""M35: segments with the same bytes were taken for the same segment.

A stream may repeat itself. Whether a segment is new, its number says, and not its bytes.
Read again: lesson 16, "Lost".
"""


def rebuild(first, segments):
    seen, stream = set(), b""
    for start, data in sorted(((n - first + 2**31) % 2**32 - 2**31, d) for n, d in segments):
        if start > len(stream):
            break
        if data not in seen:
            stream += data[len(stream) - start :]
        seen.add(data)
    return stream
