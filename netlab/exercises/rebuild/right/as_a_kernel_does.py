def rebuild(first, segments):
    stream, wanted, waiting = b"", first, list(segments)
    found = True
    while found:
        found = False
        for number, data in waiting:
            skip = (wanted - number) % 2**32
            if skip < len(data):
                stream += data[skip:]
                wanted = (number + len(data)) % 2**32
                found = True
    return stream
