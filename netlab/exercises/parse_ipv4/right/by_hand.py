def parse_ipv4(data):
    words = data[0] % 16
    total = data[2] * 256 + data[3]
    address = "{}.{}.{}.{}".format
    return [
        data[8],
        address(*data[12:16]),
        address(*data[16:20]),
        bytearray(data[words * 4 : total]),
    ]
