def rebuild(first, segments):
    known = {}
    for number, data in segments:
        for i in range(len(data)):
            known[(number + i) % 2**32] = data[i]
    stream = bytearray()
    while first in known:
        stream.append(known[first])
        first = (first + 1) % 2**32
    return bytes(stream)
