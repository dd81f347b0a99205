"""M35: a segment that came too early was thrown away.

Nobody will send it again, since it has arrived. Keep it until what is missing has come.
Read again: lesson 16, "Lost".
"""


def rebuild(first, segments):
    stream = b""
    for number, data in segments:
        skip = (first + len(stream) - number) % 2**32
        if skip < len(data):
            stream += data[skip:]
    return stream
