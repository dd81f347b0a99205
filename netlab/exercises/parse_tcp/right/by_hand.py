def parse_tcp(data):
    length = (data[12] & 0xF0) // 4
    return [data[0] * 256 + data[1], data[2] * 256 + data[3], data[length:]]
