"""M49: sequence numbers were taken to grow for ever.

They have 32 bits: after 4294967295 comes 0. Compare differences, (number - first) % 2**32.
Read again: lesson 16, "Lost".
"""


def rebuild(first, segments):
    stream = b""
    for number, data in sorted(segments):
        start = number - first
        if start > len(stream):
            break
        stream += data[max(len(stream) - start, 0) :]
    return stream
