def rebuild(first, segments):
    def place(number):
        return (number - first + 2**31) % 2**32 - 2**31

    stream = b""
    for start, data in sorted((place(number), data) for number, data in segments):
        if start > len(stream):
            break
        stream += data[len(stream) - start :]
    return stream
