import io


def parse_ipv4(data):
    stream = io.BytesIO(data)
    header = [stream.read(1)[0] for _ in range(20)]
    for _ in range((header[0] & 0xF) - 5):
        stream.read(4)
    end = header[2] << 8 | header[3]
    payload = b""
    while stream.tell() < end:
        payload += stream.read(1)
    text = [".".join(map(str, header[at : at + 4])) for at in (12, 16)]
    return header[8], text[0], text[1], payload
