import io


def parse_tcp(data):
    stream = io.BytesIO(data)
    words = [stream.read(4) for _ in range(5)]
    for _ in range(5, words[3][0] >> 4):
        words.append(stream.read(4))
    ports = int.from_bytes(words[0], "big")
    return ports >> 16, ports & 0xFFFF, stream.read()
